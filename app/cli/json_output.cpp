#include "app/cli/json_output.h"

#include "app/cli/standard_output.h"

namespace tidemark::cli {

Status printJson(const Json& object) {
  return writeOutput(object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace tidemark::cli
