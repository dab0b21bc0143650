// A deterministic scheduler. Simulated processes are threads that hand one baton on: only its
// holder runs, and every operation of a seam is a point where it may pass to another. A schedule is
// the list of points at which that went otherwise than usual, so each run can be repeated, and all
// of them with up to a number of such points can be run one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include "core/clock.h"

namespace bmauth::core {

// Thrown through the code under test in a process that is killed: nothing of it runs any more but
// destructors, and closing a file releases its lock, as the kernel does.
struct ProcessKilled {};

class Scheduler {
 public:
  // What happens at the decision `at` instead of the usual. Usual is: who runs goes on; if he
  // cannot, the first who can; if all sleep, time passes until the first wakes.
  struct Deviation {
    std::size_t at = 0;
    int process = 0;       // runs on; if it sleeps, time passes until it wakes
    bool is_kill = false;  // is killed instead
  };
  using Schedule = std::vector<Deviation>;
  static std::string words(const Schedule& schedule);

  explicit Scheduler(Schedule schedule, std::int64_t unix_ms = 1'800'000'000'000);
  ~Scheduler();

  // Before run. A killable process may be killed at any of its points, once in a schedule.
  void add(std::function<void()> body, bool is_killable = false);
  // Until all processes have ended.
  void run();

  // By the running process: a point where another may take over.
  void yield();
  // The seam's clock; to sleep is to let the others run.
  Clock& clock() { return clock_; }

  // What else could have happened, for every decision that was made.
  const std::vector<Schedule>& alternatives() const { return alternatives_; }
  bool is_killed(int process) const {
    return processes_[static_cast<std::size_t>(process)]->is_killed;
  }
  // True if the processes went on without end and were stopped.
  bool is_stuck() const { return is_stuck_; }

 private:
  enum class State { kRunnable, kSleeping, kEnded };
  struct Process {
    std::function<void()> body;
    bool is_killable = false;
    bool is_killed = false;
    State state = State::kRunnable;
    std::int64_t wakes_at_ms = 0;
    std::binary_semaphore baton{0};
    std::thread thread;
  };
  class SimulatedClock : public Clock {
   public:
    SimulatedClock(Scheduler& scheduler, std::int64_t unix_ms)
        : scheduler_(scheduler), unix_offset_ms_(unix_ms) {}
    std::int64_t unix_ms() override { return unix_offset_ms_ + scheduler_.now_ms_; }
    std::int64_t monotonic_ms() override { return scheduler_.now_ms_; }
    bool sleep_ms(std::int64_t duration_ms, Cancel* cancel) override;

   private:
    Scheduler& scheduler_;
    std::int64_t unix_offset_ms_;
  };

  int usual() const;
  int decide();
  void pass_on();
  void live(int process);

  Schedule schedule_;
  SimulatedClock clock_;
  std::vector<std::unique_ptr<Process>> processes_;
  std::vector<Schedule> alternatives_;
  std::binary_semaphore has_ended_{0};
  std::size_t decisions_ = 0;
  std::size_t next_deviation_ = 0;
  std::int64_t now_ms_ = 0;
  int running_ = -1;
  bool has_killed_ = false;
  bool is_stuck_ = false;
};

// Runs `scenario` under every schedule with up to `max_deviations`. A scenario builds its world
// anew, runs the scheduler and says what is wrong, or nothing.
struct Exploration {
  std::size_t schedules = 0;
  std::string failure;  // of the first schedule that failed, with that schedule
};
// Of the last deviations every `stride`-th point is taken, another one for each schedule before it.
Exploration explore(int max_deviations, std::size_t stride,
                    const std::function<std::string(Scheduler&)>& scenario);

}  // namespace bmauth::core
