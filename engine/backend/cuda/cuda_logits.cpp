// What leaves the last slot: logits for those who want to see them, a token for everybody else.

#include <algorithm>

#include "engine/backend/cuda/cuda_backend_impl.h"
#include "engine/backend/cuda/kernels/token_choice.h"
#include "engine/base/check.h"

namespace tidemark::cuda {

Status CudaBackend::computeLogits(Workspace& workspace, int parity, int firstRow, int count, std::span<float> out) {
  if (!m_lost) return m_lost;
  TM_CHECK(out.size() == at(count) * at(m_shape.vocabulary), std::to_string(out.size()));
  auto& w = static_cast<CudaWorkspace&>(workspace);
  for (int row = 0; row < count; row += kLogitRows) {
    const int rows = std::min(kLogitRows, count - row);
    if (Status done = keep(m_runner->runHead(computeTarget(), w, parity, firstRow + row, rows)); !done) return done;
    const std::size_t width = at(m_shape.vocabulary) * sizeof(float);
    const Status copied = checkCuda(cudaMemcpy2DAsync(out.data() + at(row) * at(m_shape.vocabulary), width,
                                                      w.logits.data(), at(m_shape.vocabularyPadded) * sizeof(float),
                                                      width, at(rows), cudaMemcpyDeviceToHost, m_compute.get()),
                                    "copying logits");
    if (!keep(copied)) return copied;
    if (Status done = keep(checkCuda(cudaStreamSynchronize(m_compute.get()), "computing logits")); !done) return done;
  }
  return {};
}

Result<TokenId> CudaBackend::chooseToken(Workspace& workspace, int parity, int row, const TokenChoice& choice) {
  if (!m_lost) return m_lost.error();
  auto& w = static_cast<CudaWorkspace&>(workspace);
  if (Status done = keep(m_runner->runHead(computeTarget(), w, parity, row, 1)); !done) return done.error();
  const TokenChoiceArguments arguments{w.logits.data(), m_shape.vocabulary, choice, m_chosen.data()};
  if (Status done = keep(launchTokenChoice(computeTarget(), arguments)); !done) return done.error();
  if (Status done = keep(checkCuda(cudaStreamSynchronize(m_compute.get()), "choosing a token")); !done) {
    return done.error();
  }
  const ChosenToken chosen = *m_chosen.data();
  if (chosen.token < 0) return noNumberError(at(chosen.withoutNumber));
  return chosen.token;
}

}  // namespace tidemark::cuda
