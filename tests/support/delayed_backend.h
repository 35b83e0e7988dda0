#pragma once
// A backend that computes when somebody waits, as a GPU may: what was submitted lies in a queue until then. Computes
// with another backend; may fail in the middle like a device that is lost.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/backend/backend.h"

namespace tidemark::testing {

class DelayedWorkspace;

class DelayedBackend final : public Backend {
 public:
  struct Options {
    int lookAhead = 3;
    std::optional<std::int64_t> lostAtGroup = {};  // the group that is not computed any more; 0 is the first
    std::string precision = "f32";                 // what it says it computes in
  };

  DelayedBackend(std::unique_ptr<Backend> inner, const Options& options);
  ~DelayedBackend() override;

  /// Most groups that were submitted and not awaited at one time.
  [[nodiscard]] int mostUnderWay() const { return m_mostUnderWay; }

  [[nodiscard]] std::string name() const override { return m_inner->name(); }
  [[nodiscard]] std::string description() const override { return m_inner->description(); }
  [[nodiscard]] const ModelConfig& config() const override { return m_inner->config(); }
  [[nodiscard]] std::string precision() const override { return m_options.precision; }
  [[nodiscard]] std::uint64_t workspaceBytes(const WorkspaceSpec& spec) const override {
    return m_inner->workspaceBytes(spec);
  }
  [[nodiscard]] Result<std::unique_ptr<Workspace>> createWorkspace(const WorkspaceSpec& spec) override;
  [[nodiscard]] Result<std::unique_ptr<DeviceMemory>> createMemory() override;
  [[nodiscard]] Result<std::unique_ptr<KeyValueCache>> createCache(int positions) override;
  [[nodiscard]] Status embed(Workspace& workspace, int parity, const EmbedArgs& args) override;
  [[nodiscard]] Status submitGroup(Workspace& workspace, const CellGroup& group) override;
  [[nodiscard]] Status awaitGroup(Workspace& workspace, std::span<CellMetrics> metrics) override;
  [[nodiscard]] int lookAhead() const override { return m_options.lookAhead; }
  [[nodiscard]] Status computeLogits(Workspace& workspace, int parity, int firstRow, int count,
                                     std::span<float> out) override;
  [[nodiscard]] Result<std::unique_ptr<MemoryCopy>> queueMemoryCopy(const DeviceMemory& memory, int layer) override;
  [[nodiscard]] Result<bool> finishMemoryCopy(MemoryCopy& copy, std::span<float> values) override;
  [[nodiscard]] Status importMemory(DeviceMemory& memory, int layer, bool written,
                                    std::span<const float> values) override;

 private:
  friend class DelayedWorkspace;
  struct CopyState;
  class DelayedCopy;
  struct Work;

  /// A free place at the end of the queue; computes the oldest work if there is none.
  [[nodiscard]] Work& enqueue();
  void computeOldest();
  void computeAll();
  void compute(Work& work);
  void computeGroup(Work& work);

  std::unique_ptr<Backend> m_inner;
  Options m_options;
  std::vector<Work> m_queue;  // a ring, so that a steady step allocates nothing
  std::size_t m_oldest = 0;
  std::size_t m_count = 0;
  std::int64_t m_groups = 0;  // computed
  int m_mostUnderWay = 0;
  Status m_state;  // an error once the device is lost
};

}  // namespace tidemark::testing
