#pragma once

namespace tidemark {

/// What one step of a job came to.
enum class JobStep { kMore, kDone };

}  // namespace tidemark
