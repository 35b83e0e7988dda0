#include "app/cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace tidemark::cli {
namespace {

// A signal handler reaches nothing but globals, and may touch lock-free atomics only.
std::atomic<bool> signalCame{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void setAction(void (*action)(int)) {
  struct sigaction wanted {};
  wanted.sa_handler = action;
  wanted.sa_flags = SA_RESTART;
  sigemptyset(&wanted.sa_mask);
  sigaction(SIGINT, &wanted, nullptr);
  sigaction(SIGTERM, &wanted, nullptr);
}

void handleSignal(int /*signal*/) {
  signalCame.store(true);
  setAction(SIG_DFL);  // whoever asks twice means it
}

}  // namespace

void catchInterrupts() {
  setAction(handleSignal);
}

bool interrupted() {
  return signalCame.load();
}

}  // namespace tidemark::cli
