#include "engine/backend/cuda/product.h"

#include <algorithm>
#include <array>
#include <string>

namespace tidemark::cuda {
namespace {

template <typename T, cublasStatus_t (*kDestroy)(T)>
class LtOwned {
 public:
  LtOwned() = default;
  LtOwned(const LtOwned&) = delete;
  LtOwned& operator=(const LtOwned&) = delete;
  ~LtOwned() {
    if (m_handle != nullptr) (void)kDestroy(m_handle);
  }
  [[nodiscard]] T get() const { return m_handle; }
  [[nodiscard]] T* out() { return &m_handle; }

 private:
  T m_handle = nullptr;
};

using Layout = LtOwned<cublasLtMatrixLayout_t, cublasLtMatrixLayoutDestroy>;
using Operation = LtOwned<cublasLtMatmulDesc_t, cublasLtMatmulDescDestroy>;
using Preference = LtOwned<cublasLtMatmulPreference_t, cublasLtMatmulPreferenceDestroy>;

constexpr const char* kPlanning = "planning a product";

template <typename T>
Status set(cublasLtMatmulDesc_t operation, cublasLtMatmulDescAttributes_t attribute, const T& value) {
  return checkCublas(cublasLtMatmulDescSetAttribute(operation, attribute, &value, sizeof value), kPlanning);
}
template <typename T>
Status set(cublasLtMatrixLayout_t layout, cublasLtMatrixLayoutAttribute_t attribute, const T& value) {
  return checkCublas(cublasLtMatrixLayoutSetAttribute(layout, attribute, &value, sizeof value), kPlanning);
}
template <typename T>
Status set(cublasLtMatmulPreference_t preference, cublasLtMatmulPreferenceAttributes_t attribute, const T& value) {
  return checkCublas(cublasLtMatmulPreferenceSetAttribute(preference, attribute, &value, sizeof value), kPlanning);
}

cudaDataType_t typeOf(Element element) {
  return element == Element::kBf16 ? CUDA_R_16BF : CUDA_R_32F;
}

/// A column-major [rows, columns] matrix per cell.
Status makeLayout(Layout& layout, cudaDataType_t type, int rows, int columns, int stride, std::int64_t cellStride) {
  if (Status made = checkCublas(cublasLtMatrixLayoutCreate(layout.out(), type, static_cast<std::uint64_t>(rows),
                                                           static_cast<std::uint64_t>(columns), stride),
                                kPlanning);
      !made) {
    return made;
  }
  return set(layout.get(), CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET, cellStride);
}

}  // namespace

struct Products::Handle {
  LtOwned<cublasLtHandle_t, cublasLtDestroy> lt;
};

/// cuBLASLt is column-major: our row-major out [rows, columns] is its out^T [columns, rows] = weights x^T.
class ProductPlan {
 public:
  explicit ProductPlan(const ProductSpec& spec) : m_spec(spec) {}
  [[nodiscard]] const ProductSpec& spec() const { return m_spec; }

  /// With the given algorithm, or the library's first choice if null.
  Status make(cublasLtHandle_t lt, int cells, const cublasLtMatmulAlgo_t* algorithm);
  Status setCells(int cells);

  ProductSpec m_spec;
  Operation m_operation;
  Layout m_weights, m_x, m_addend, m_out;
  cublasLtMatmulAlgo_t m_algorithm{};
  int m_cells = 0;

 private:
  Status describe();
  Status choose(cublasLtHandle_t lt, int cells);
  Result<bool> fits(cublasLtHandle_t lt, const cublasLtMatmulAlgo_t& algorithm, int cells);
};

Status ProductPlan::describe() {
  if (Status made = checkCublas(cublasLtMatmulDescCreate(m_operation.out(), CUBLAS_COMPUTE_32F, CUDA_R_32F), kPlanning);
      !made) {
    return made;
  }
  const cublasOperation_t weightsOperation = m_spec.weightsByColumn ? CUBLAS_OP_T : CUBLAS_OP_N;
  if (Status done = set(m_operation.get(), CUBLASLT_MATMUL_DESC_TRANSA, weightsOperation); !done) return done;
  if (m_spec.bias) {
    const cublasLtEpilogue_t epilogue = CUBLASLT_EPILOGUE_BIAS;
    if (Status done = set(m_operation.get(), CUBLASLT_MATMUL_DESC_EPILOGUE, epilogue); !done) return done;
    if (Status done = set(m_operation.get(), CUBLASLT_MATMUL_DESC_BIAS_BATCH_STRIDE, m_spec.biasCell); !done) {
      return done;
    }
  }
  const int weightsRows = m_spec.weightsByColumn ? m_spec.depth : m_spec.columns;
  const int weightsColumns = m_spec.weightsByColumn ? m_spec.columns : m_spec.depth;
  const cudaDataType_t out = typeOf(m_spec.out);
  if (Status done =
          makeLayout(m_weights, CUDA_R_16BF, weightsRows, weightsColumns, m_spec.weightsRow, m_spec.weightsCell);
      !done) {
    return done;
  }
  if (Status done = makeLayout(m_x, CUDA_R_16BF, m_spec.depth, m_spec.rows, m_spec.xRow, m_spec.xCell); !done) {
    return done;
  }
  const std::int64_t addendCell = m_spec.addend ? m_spec.addendCell : m_spec.outCell;
  if (Status done = makeLayout(m_addend, out, m_spec.columns, m_spec.rows, m_spec.outRow, addendCell); !done) {
    return done;
  }
  return makeLayout(m_out, out, m_spec.columns, m_spec.rows, m_spec.outRow, m_spec.outCell);
}

Status ProductPlan::setCells(int cells) {
  if (cells == m_cells) return {};
  for (const Layout* layout : {&m_weights, &m_x, &m_addend, &m_out}) {
    const std::int32_t count = cells;
    if (Status done = set(layout->get(), CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, count); !done) return done;
  }
  m_cells = cells;
  return {};
}

Result<bool> ProductPlan::fits(cublasLtHandle_t lt, const cublasLtMatmulAlgo_t& algorithm, int cells) {
  if (Status done = setCells(cells); !done) return done.error();
  cublasLtMatmulHeuristicResult_t result{};
  const cublasStatus_t checked = cublasLtMatmulAlgoCheck(lt, m_operation.get(), m_weights.get(), m_x.get(),
                                                         m_addend.get(), m_out.get(), &algorithm, &result);
  return checked == CUBLAS_STATUS_SUCCESS && result.workspaceSize <= kProductWorkspaceBytes;
}

Status ProductPlan::choose(cublasLtHandle_t lt, int cells) {
  Preference preference;
  if (Status made = checkCublas(cublasLtMatmulPreferenceCreate(preference.out()), kPlanning); !made) return made;
  const std::size_t workspace = kProductWorkspaceBytes;
  if (Status done = set(preference.get(), CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, workspace); !done) return done;
  const std::uint32_t reductions = CUBLASLT_REDUCTION_SCHEME_NONE;  // no split-K: its pieces could depend on the batch
  if (Status done = set(preference.get(), CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK, reductions); !done) return done;
  if (Status done = setCells(cells); !done) return done;
  std::array<cublasLtMatmulHeuristicResult_t, 8> ranked{};
  int found = 0;
  const cublasStatus_t asked =
      cublasLtMatmulAlgoGetHeuristic(lt, m_operation.get(), m_weights.get(), m_x.get(), m_addend.get(), m_out.get(),
                                     preference.get(), static_cast<int>(ranked.size()), ranked.data(), &found);
  if (asked != CUBLAS_STATUS_SUCCESS && asked != CUBLAS_STATUS_NOT_SUPPORTED) return checkCublas(asked, kPlanning);
  for (int i = 0; i < found; ++i) {
    if (ranked[static_cast<std::size_t>(i)].state != CUBLAS_STATUS_SUCCESS) continue;
    bool all = true;
    for (int batch = 1; batch <= cells && all; ++batch) {
      auto fit = fits(lt, ranked[static_cast<std::size_t>(i)].algo, batch);
      if (!fit) return fit.error();
      all = *fit;
    }
    if (!all) continue;
    m_algorithm = ranked[static_cast<std::size_t>(i)].algo;
    return {};
  }
  return makeError(ErrorCode::kUnsupported, "cuBLASLt has no product for " + std::to_string(m_spec.rows) + " x " +
                                                std::to_string(m_spec.columns) + " x " + std::to_string(m_spec.depth) +
                                                " on this GPU; use --backend cpu");
}

Status ProductPlan::make(cublasLtHandle_t lt, int cells, const cublasLtMatmulAlgo_t* algorithm) {
  if (Status described = describe(); !described) return described;
  if (algorithm == nullptr) return choose(lt, cells);
  m_algorithm = *algorithm;
  return {};
}

Products::Products() : m_handle(std::make_unique<Handle>()) {}
Products::~Products() = default;

Status Products::open(DeviceBytes& bytes) {
  if (Status made = m_workspace.allocate(kProductWorkspaceBytes, bytes, "cuBLASLt's workspace"); !made) return made;
  return checkCublas(cublasLtCreate(m_handle->lt.out()), "opening cuBLASLt");
}

Result<ProductPlan*> Products::plan(const ProductSpec& spec, int cells) {
  const auto known =
      std::find_if(m_plans.begin(), m_plans.end(), [&](const auto& plan) { return plan->spec() == spec; });
  if (known != m_plans.end()) return known->get();
  const auto alike =
      std::find_if(m_plans.begin(), m_plans.end(), [&](const auto& plan) { return plan->spec().sameShape(spec); });
  auto plan = std::make_unique<ProductPlan>(spec);
  const cublasLtMatmulAlgo_t* algorithm = alike != m_plans.end() ? &(*alike)->m_algorithm : nullptr;
  if (Status made = plan->make(m_handle->lt.get(), cells, algorithm); !made) return made.error();
  m_plans.push_back(std::move(plan));
  return m_plans.back().get();
}

Status Products::run(const LaunchTarget& target, ProductPlan& plan, const ProductOperands& operands, int cells) {
  if (!target.takes(LaunchKind::kProduct)) return {};
  if (Status set = plan.setCells(cells); !set) return set;
  if (plan.m_spec.bias) {
    if (Status done = set(plan.m_operation.get(), CUBLASLT_MATMUL_DESC_BIAS_POINTER, operands.bias); !done) return done;
  }
  const float one = 1;
  const float addendFactor = plan.m_spec.addend ? 1.0f : 0.0f;
  const void* addend = plan.m_spec.addend ? operands.addend : operands.out;
  const cublasStatus_t multiplied =
      cublasLtMatmul(m_handle->lt.get(), plan.m_operation.get(), &one, operands.weights, plan.m_weights.get(),
                     operands.x, plan.m_x.get(), &addendFactor, addend, plan.m_addend.get(), operands.out,
                     plan.m_out.get(), &plan.m_algorithm, m_workspace.data(), m_workspace.bytes(), target.stream);
  if (multiplied != CUBLAS_STATUS_SUCCESS) return checkCublas(multiplied, "a product");
  ++target.counts->products;
  return {};
}

}  // namespace tidemark::cuda
