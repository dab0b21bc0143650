#include "tests/unit/scheduler.h"

#include <algorithm>

#include "core/cancel.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kEndless = 20'000;  // decisions

}  // namespace

std::string Scheduler::words(const Schedule& schedule) {
  std::string text = "schedule";
  for (const Deviation& one : schedule) {
    text += " [at " + std::to_string(one.at) + (one.is_kill ? " kill " : " run ") +
            std::to_string(one.process) + "]";
  }
  return text;
}

Scheduler::Scheduler(Schedule schedule, std::int64_t unix_ms)
    : schedule_(std::move(schedule)), clock_(*this, unix_ms) {}

Scheduler::~Scheduler() = default;

void Scheduler::add(std::function<void()> body, bool is_killable) {
  auto process = std::make_unique<Process>();
  process->body = std::move(body);
  process->is_killable = is_killable;
  processes_.push_back(std::move(process));
}

void Scheduler::run() {
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    processes_[i]->thread = std::thread([this, i] { live(static_cast<int>(i)); });
  }
  pass_on();
  has_ended_.acquire();
  for (auto& process : processes_) process->thread.join();
}

void Scheduler::live(int process) {
  Process& self = *processes_[static_cast<std::size_t>(process)];
  self.baton.acquire();
  try {
    if (self.is_killed) throw ProcessKilled();
    self.body();
  } catch (const ProcessKilled&) {
  }
  self.state = State::kEnded;
  pass_on();
}

int Scheduler::usual() const {
  const auto can_run = [](const std::unique_ptr<Process>& one) {
    return one->state == State::kRunnable;
  };
  if (running_ >= 0 && can_run(processes_[static_cast<std::size_t>(running_)])) return running_;
  const auto first = std::find_if(processes_.begin(), processes_.end(), can_run);
  if (first != processes_.end()) return static_cast<int>(first - processes_.begin());
  int sleeper = -1;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    if (processes_[i]->state != State::kSleeping) continue;
    if (sleeper < 0 ||
        processes_[i]->wakes_at_ms < processes_[static_cast<std::size_t>(sleeper)]->wakes_at_ms) {
      sleeper = static_cast<int>(i);
    }
  }
  return sleeper;
}

// Who runs next; -1 if nobody is left.
int Scheduler::decide() {
  int next = usual();
  if (next < 0) return next;
  const std::size_t at = decisions_++;
  if (at >= kEndless) {
    is_stuck_ = true;
    processes_[static_cast<std::size_t>(next)]->is_killed = true;
    return next;
  }
  Schedule alternatives;
  for (std::size_t i = 0; i < processes_.size(); ++i) {
    const int process = static_cast<int>(i);
    if (process != next && processes_[i]->state != State::kEnded) {
      alternatives.push_back({at, process, false});
    }
    if (process == next && processes_[i]->is_killable && !has_killed_) {
      alternatives.push_back({at, process, true});
    }
  }
  alternatives_.push_back(std::move(alternatives));
  if (next_deviation_ < schedule_.size() && schedule_[next_deviation_].at == at) {
    const Deviation& deviation = schedule_[next_deviation_++];
    next = deviation.process;
    if (deviation.is_kill) {
      has_killed_ = true;
      processes_[static_cast<std::size_t>(next)]->is_killed = true;
    }
  }
  Process& chosen = *processes_[static_cast<std::size_t>(next)];
  if (chosen.state == State::kSleeping) {
    now_ms_ = std::max(now_ms_, chosen.wakes_at_ms);
    chosen.state = State::kRunnable;
  }
  return next;
}

void Scheduler::pass_on() {
  running_ = decide();
  if (running_ < 0) {
    has_ended_.release();
  } else {
    processes_[static_cast<std::size_t>(running_)]->baton.release();
  }
}

void Scheduler::yield() {
  if (running_ < 0) return;  // before and after the run
  Process& self = *processes_[static_cast<std::size_t>(running_)];
  if (self.is_killed) throw ProcessKilled();
  const int before = running_;
  const int next = decide();
  if (next != before) {
    running_ = next;
    processes_[static_cast<std::size_t>(next)]->baton.release();
    self.baton.acquire();
  }
  if (self.is_killed) throw ProcessKilled();
}

bool Scheduler::SimulatedClock::sleep_ms(std::int64_t duration_ms, Cancel* cancel) {
  if (cancel != nullptr && cancel->is_triggered()) return false;
  if (scheduler_.running_ < 0) {
    scheduler_.now_ms_ += std::max<std::int64_t>(duration_ms, 0);
    return true;
  }
  Process& self = *scheduler_.processes_[static_cast<std::size_t>(scheduler_.running_)];
  self.wakes_at_ms = scheduler_.now_ms_ + std::max<std::int64_t>(duration_ms, 0);
  self.state = State::kSleeping;
  scheduler_.yield();
  return true;
}

namespace {

void explore_from(const Scheduler::Schedule& schedule, int deviations_left, std::size_t stride,
                  const std::function<std::string(Scheduler&)>& scenario,
                  Exploration& exploration) {
  Scheduler scheduler(schedule);
  std::string failure = scenario(scheduler);
  if (failure.empty() && scheduler.is_stuck()) failure = "the processes never end";
  const std::size_t number = exploration.schedules++;
  if (!failure.empty()) {
    exploration.failure = failure + "; " + Scheduler::words(schedule);
    return;
  }
  if (deviations_left == 0) return;
  const std::size_t step = deviations_left == 1 && !schedule.empty() ? stride : 1;
  const std::size_t first = (schedule.empty() ? 0 : schedule.back().at + 1) + number % step;
  for (std::size_t at = first; at < scheduler.alternatives().size(); at += step) {
    for (const Scheduler::Deviation& alternative : scheduler.alternatives()[at]) {
      Scheduler::Schedule longer = schedule;
      longer.push_back(alternative);
      explore_from(longer, deviations_left - 1, stride, scenario, exploration);
      if (!exploration.failure.empty()) return;
    }
  }
}

}  // namespace

Exploration explore(int max_deviations, std::size_t stride,
                    const std::function<std::string(Scheduler&)>& scenario) {
  Exploration exploration;
  explore_from({}, max_deviations, stride, scenario, exploration);
  return exploration;
}

}  // namespace bmauth::core
