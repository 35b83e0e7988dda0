#include "engine/backend/cuda/kernels/intrinsics.h"
#include "engine/backend/cuda/kernels/token_choice.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kWarps = 16;
constexpr int kThreads = kWarps * kWarp;
constexpr int kRankBits = 32;
constexpr int kBitsAtOnce = 2;  // of a rank that one pass over the logits decides
constexpr int kCandidates = (1 << kBitsAtOnce) - 1;

struct ChoiceStorage {
  std::uint64_t warps[kWarps];
};

/// The tokens that stay: every one above `rank`, and of those at `rank` the first `ties`.
struct Threshold {
  std::uint32_t rank = 0;
  std::uint64_t ties = 0;
};

__device__ __forceinline__ std::uint64_t shuffled(std::uint64_t value, int lane) {
  const auto low = __shfl_sync(kAllLanes, static_cast<std::uint32_t>(value), lane);
  const auto high = __shfl_sync(kAllLanes, static_cast<std::uint32_t>(value >> 32), lane);
  return static_cast<std::uint64_t>(high) << 32 | low;
}

/// One number of all threads: the sum or the largest, the same in every thread. Whole numbers: any order will do.
template <bool kSum>
__device__ __forceinline__ std::uint64_t ofBlock(std::uint64_t value, ChoiceStorage& s) {
  const auto join = [](std::uint64_t a, std::uint64_t b) { return kSum ? a + b : (a > b ? a : b); };
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
#pragma unroll
  for (int distance = kWarp / 2; distance > 0; distance /= 2) value = join(value, shuffled(value, lane ^ distance));
  __syncthreads();  // the last result has been read
  if (lane == 0) s.warps[threadIdx.x / kWarp] = value;
  __syncthreads();
  value = s.warps[0];
  for (int warp = 1; warp < kWarps; ++warp) value = join(value, s.warps[warp]);
  return value;
}
__device__ __forceinline__ std::uint64_t blockSum(std::uint64_t value, ChoiceStorage& s) {
  return ofBlock<true>(value, s);
}
__device__ __forceinline__ std::uint64_t blockMaximum(std::uint64_t value, ChoiceStorage& s) {
  return ofBlock<false>(value, s);
}

/// The sum over the threads before this one.
__device__ __forceinline__ std::uint64_t sumBefore(std::uint64_t value, ChoiceStorage& s) {
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  std::uint64_t upTo = value;
#pragma unroll
  for (int distance = 1; distance < kWarp; distance *= 2) {
    const std::uint64_t other = shuffled(upTo, lane >= distance ? lane - distance : lane);
    if (lane >= distance) upTo += other;
  }
  __syncthreads();
  if (lane == kWarp - 1) s.warps[threadIdx.x / kWarp] = upTo;
  __syncthreads();
  std::uint64_t before = upTo - value;
  for (int warp = 0; warp < static_cast<int>(threadIdx.x) / kWarp; ++warp) before += s.warps[warp];
  return before;
}

/// What a token counts where tokens are counted, and where they are weighed.
struct One {
  __device__ __forceinline__ std::uint64_t operator()(float) const { return 1; }
};
struct Weight {
  float highest;
  float temperature;
  __device__ __forceinline__ std::uint64_t operator()(float logit) const {
    return tokenWeight(logit, highest, temperature);
  }
};

/// Sum of `measure` over the tokens above `rank`.
template <typename Measure>
__device__ __forceinline__ std::uint64_t sumAbove(const TokenChoiceArguments& a, std::uint32_t rank, Measure measure,
                                                  ChoiceStorage& s) {
  std::uint64_t sum = 0;
  for (int i = static_cast<int>(threadIdx.x); i < a.count; i += kThreads) {
    const float logit = a.logits[i];
    if (logitRank(logit) > rank) sum += measure(logit);
  }
  return blockSum(sum, s);
}

/// The highest rank from which on upwards the tokens measure at least `wanted`, found from its first bits to its last.
template <typename Measure>
__device__ __forceinline__ std::uint32_t rankToReach(const TokenChoiceArguments& a, std::uint64_t wanted,
                                                     Measure measure, ChoiceStorage& s) {
  std::uint32_t rank = 0;
  for (int shift = kRankBits - kBitsAtOnce; shift >= 0; shift -= kBitsAtOnce) {
    std::uint64_t sums[kCandidates] = {};
    for (int i = static_cast<int>(threadIdx.x); i < a.count; i += kThreads) {
      const float logit = a.logits[i];
      const std::uint32_t other = logitRank(logit);
      if (other < rank) continue;
      const std::uint64_t amount = measure(logit);
#pragma unroll
      for (int c = 0; c < kCandidates; ++c) {
        if (other >= rank + (static_cast<std::uint32_t>(c + 1) << shift)) sums[c] += amount;
      }
    }
    std::uint32_t step = 0;
#pragma unroll
    for (int c = 0; c < kCandidates; ++c) {
      if (blockSum(sums[c], s) >= wanted) step = static_cast<std::uint32_t>(c + 1);
    }
    rank += step << shift;
  }
  return rank;
}

/// What one token of this rank weighs.
__device__ __forceinline__ std::uint64_t weightAt(const TokenChoiceArguments& a, std::uint32_t rank, Weight weight,
                                                  ChoiceStorage& s) {
  std::uint64_t found = 0;
  for (int i = static_cast<int>(threadIdx.x); i < a.count; i += kThreads) {
    if (logitRank(a.logits[i]) == rank) found = weight(a.logits[i]);
  }
  return blockMaximum(found, s);
}

struct Kept {
  Threshold threshold;
  std::uint64_t weight = 0;  // of all that stay
};

__device__ __forceinline__ Kept keepLikeliest(const TokenChoiceArguments& a, Weight weight, ChoiceStorage& s) {
  Kept kept;
  if (a.choice.topK > 0 && a.choice.topK < a.count) {
    const auto few = static_cast<std::uint64_t>(a.choice.topK);
    kept.threshold.rank = rankToReach(a, few, One{}, s);
    kept.threshold.ties = few - sumAbove(a, kept.threshold.rank, One{}, s);
  }
  kept.weight =
      sumAbove(a, kept.threshold.rank, weight, s) + kept.threshold.ties * weightAt(a, kept.threshold.rank, weight, s);
  if (a.choice.topP >= kWholeProbability) return kept;
  const std::uint64_t wanted = weightToReach(kept.weight, a.choice.topP);
  const std::uint32_t rank = rankToReach(a, wanted, weight, s);
  const std::uint64_t above = sumAbove(a, rank, weight, s);
  const std::uint64_t one = weightAt(a, rank, weight, s);
  // All at this rank reach what is wanted and those above do not, so one of them weighs something.
  kept.threshold = {rank, (wanted - above + one - 1) / one};
  kept.weight = above + kept.threshold.ties * one;
  return kept;
}

/// Every thread has a run of neighbouring tokens, because the draw goes by their order.
__device__ __forceinline__ void draw(const TokenChoiceArguments& a, Weight weight, const Kept& kept, ChoiceStorage& s) {
  const int run = (a.count + kThreads - 1) / kThreads;
  const int first = smaller(static_cast<int>(threadIdx.x) * run, a.count);
  const int last = smaller(first + run, a.count);
  std::uint64_t ties = 0;
  for (int i = first; i < last; ++i) ties += logitRank(a.logits[i]) == kept.threshold.rank ? 1 : 0;
  const std::uint64_t tiesBefore = sumBefore(ties, s);

  const auto weightOf = [&](int i, std::uint64_t& tie) -> std::uint64_t {
    const std::uint32_t rank = logitRank(a.logits[i]);
    if (rank < kept.threshold.rank) return 0;
    if (rank == kept.threshold.rank && tie++ >= kept.threshold.ties) return 0;
    return weight(a.logits[i]);
  };
  std::uint64_t own = 0;
  std::uint64_t tie = tiesBefore;
  for (int i = first; i < last; ++i) own += weightOf(i, tie);
  const std::uint64_t before = sumBefore(own, s);
  const std::uint64_t drawn = drawnWeight(kept.weight, a.choice.random);
  if (drawn < before || drawn >= before + own) return;  // another thread's
  std::uint64_t left = drawn - before;
  tie = tiesBefore;
  for (int i = first; i < last; ++i) {
    const std::uint64_t step = weightOf(i, tie);
    if (left < step) {
      *a.out = {i, 0};
      return;
    }
    left -= step;
  }
}

/// One block: a vocabulary is half a megabyte, and a token waits for nothing else.
__global__ void __launch_bounds__(kThreads) chooseOne(TokenChoiceArguments a) {
  auto& s = sharedStorage<ChoiceStorage>();
  std::uint64_t best = 0;   // rank, then the lowest id
  std::uint64_t wrong = 0;  // the lowest id, counted from the top
  for (int i = static_cast<int>(threadIdx.x); i < a.count; i += kThreads) {
    const float logit = a.logits[i];
    const auto fromTop = static_cast<std::uint32_t>(a.count - i);
    const std::uint64_t candidate = static_cast<std::uint64_t>(logitRank(logit)) << 32 | fromTop;
    if (!(logit < INFINITY)) wrong = wrong > fromTop ? wrong : fromTop;
    best = best > candidate ? best : candidate;
  }
  wrong = blockMaximum(wrong, s);
  best = blockMaximum(best, s);
  const int token = a.count - static_cast<int>(best & 0xffffffffu);
  const bool leader = threadIdx.x == 0;
  if (wrong != 0) {
    if (leader) *a.out = {-1, a.count - static_cast<int>(wrong)};
    return;
  }
  const float highest = a.logits[token];
  if (highest == -INFINITY) {
    if (leader) *a.out = {-1, token};
    return;
  }
  if (a.choice.temperature == 0) {
    if (leader) *a.out = {token, 0};
    return;
  }
  const Weight weight{highest, a.choice.temperature};
  draw(a, weight, keepLikeliest(a, weight, s), s);
}

}  // namespace

Status launchTokenChoice(const LaunchTarget& target, const TokenChoiceArguments& arguments) {
  return launch(target, "the choice of a token", chooseOne, {dim3(1), kThreads, sizeof(ChoiceStorage)}, arguments);
}

}  // namespace tidemark::cuda
