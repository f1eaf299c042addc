// Starting threads of our own.
#pragma once

#include <system_error>

#if !defined(_WIN32)
#include <pthread.h>
#include <signal.h>
#endif

namespace cotangent {

// Runs `start`, which starts threads. Signals are for the threads that run JavaScript: the new ones get none. False
// when the system gives no more threads.
template <typename F>
bool StartThreads(F&& start) {
#if !defined(_WIN32)
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
#endif
  bool ok = true;
  try {
    start();
  } catch (const std::system_error&) {
    ok = false;
  }
#if !defined(_WIN32)
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
#endif
  return ok;
}

}  // namespace cotangent
