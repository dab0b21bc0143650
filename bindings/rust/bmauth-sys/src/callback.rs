//! Calls from C into Rust.

use std::any::Any;
use std::os::raw::c_int;
use std::panic::{catch_unwind, AssertUnwindSafe};

/// A question that the library asks; of any thread, because the object that keeps it is.
pub type Answer = Box<dyn Fn() -> bool + Send + Sync>;

/// A panic may not pass through C: it counts as true, which ends the call that asked.
pub(crate) fn answer(asked: &Answer) -> c_int {
    match catch_unwind(AssertUnwindSafe(asked)) {
        Ok(answer) => c_int::from(answer),
        Err(panic) => {
            dropped(panic);
            1
        }
    }
}

/// What a panic carries may panic again when it is dropped.
fn dropped(mut panic: Box<dyn Any + Send>) {
    while let Err(again) = catch_unwind(AssertUnwindSafe(move || drop(panic))) {
        panic = again;
    }
}

#[cfg(test)]
mod tests {
    use super::{answer, Answer};
    use std::panic::panic_any;

    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic_any("again, wanted by this test");
        }
    }

    #[test]
    fn an_answer_arrives() {
        let (yes, no): (Answer, Answer) = (Box::new(|| true), Box::new(|| false));
        assert_eq!((answer(&yes), answer(&no)), (1, 0));
    }

    #[test]
    fn a_panic_is_a_yes_whatever_it_carries() {
        let plain: Answer = Box::new(|| panic_any("wanted by this test"));
        let bomb: Answer = Box::new(|| panic_any(Bomb));
        assert_eq!((answer(&plain), answer(&bomb)), (1, 1));
    }
}
