// One answer of a client, kept for readers that take no lock.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "core/published.h"
#include "core/validity.h"

namespace bmauth::core {

template <class Answer>
class AnswerCache {
 public:
  // Calls `use` with the answer if it holds. `use` may neither wait nor come back here.
  template <class Use>
  bool read(std::int64_t second, Use&& use) const {
    const Reading section;
    const Kept* kept = kept_.get(section);
    if (kept == nullptr || !kept->validity.holds(second)) return false;
    use(kept->answer);
    return true;
  }

  // Whether the caller must look for the answer; else `read` gives what is kept, as somebody else
  // is looking.
  bool must_look(std::int64_t second) const {
    const Reading section;
    const Kept* kept = kept_.get(section);
    return kept == nullptr || kept->validity.must_look(second);
  }

  // If what was found is the answer that is kept, then that holds on.
  template <class IsSame>
  bool renew(const Finding& finding, IsSame&& is_same) const {
    const Reading section;
    const Kept* kept = kept_.get(section);
    if (kept == nullptr || !is_same(kept->answer)) return false;
    kept->validity.renew(finding);
    return true;
  }

  // Keeps what was found. An answer that was given out before is out of date then.
  void keep(Answer answer, Finding finding) {
    // Raised before the exchange: who asks in between looks for himself.
    if (has_answer() && raise_generation() == finding.generation) ++finding.generation;
    kept_.replace(std::make_unique<const Kept>(finding, std::move(answer)));
    // Whichever comes last, this or close(), leaves nothing behind.
    if (is_closed_.load(std::memory_order_seq_cst)) kept_.replace(nullptr);
  }

  // There is no answer any more.
  void forget() {
    if (kept_.replace(nullptr)) raise_generation();
  }

  // Forgets the answer, and keeps none from now on.
  void close() {
    is_closed_.store(true, std::memory_order_seq_cst);
    kept_.replace(nullptr);
  }

 private:
  struct Kept {
    Kept(const Finding& finding, Answer&& found) : validity(finding), answer(std::move(found)) {}
    Validity validity;
    Answer answer;
  };

  bool has_answer() const {
    const Reading section;
    return kept_.get(section) != nullptr;
  }

  Published<Kept> kept_;
  std::atomic<bool> is_closed_{false};
};

}  // namespace bmauth::core
