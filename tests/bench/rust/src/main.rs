//! A warm header in Rust beside the C call and a peer, as JSON. Run by warm_rust.py, which says what the
//! names mean: `warm DATA_DIR REPETITIONS`.

mod floor;
#[cfg(feature = "peer")]
mod peer;

use std::time::Instant;
use std::{env, mem, ptr};

use bmauth::{Client, HeaderBuffer, Options, Purpose};
use floor::Floor;

const CALLS: u32 = 200_000;

/// A subject, and the nanoseconds that one call took in each repetition.
struct Subject<'a> {
    name: &'static str,
    calls: Box<dyn FnMut() + 'a>,
    took_ns: Vec<f64>,
}

impl<'a> Subject<'a> {
    /// `call` is compiled into the loop: the loop alone is called through the Box.
    fn new(name: &'static str, mut call: impl FnMut() + 'a) -> Self {
        let calls = Box::new(move || (0..CALLS).for_each(|_| call()));
        Self {
            name,
            calls,
            took_ns: Vec::new(),
        }
    }

    fn run(&mut self) {
        let began = Instant::now();
        (self.calls)();
        let took = began.elapsed().as_secs_f64();
        self.took_ns.push(took * 1e9 / f64::from(CALLS));
    }
}

/// Used, for all that the compiler knows. (`std::hint::black_box` came with Rust 1.66.)
fn used<T>(value: T) {
    // SAFETY: the copy is forgotten at once.
    mem::forget(unsafe { ptr::read_volatile(&value) });
}

fn main() {
    let mut words = env::args().skip(1);
    let data_dir = words.next().expect("a data dir");
    let repetitions: usize = words.next().expect("a count").parse().expect("a count");
    let mut options = Options::new().expect("options");
    options.set_data_dir(&data_dir).expect("a text");
    let client = Client::new(Some(&options)).expect("a client");
    let mut buffer = HeaderBuffer::new();
    let mut floor = Floor::new(&data_dir);
    let mut subjects = vec![
        Subject::new("c_call_ns", || used(floor.header())),
        Subject::new("header_ns", || {
            let value = client.header_into(Purpose::Account, &mut buffer);
            used(value.expect("a header").expose());
        }),
    ];
    #[cfg(feature = "peer")]
    {
        let peer = peer::Peer::new();
        subjects.push(Subject::new("oauth2_ns", move || {
            used(peer.header().as_str())
        }));
    }
    for _ in 0..=repetitions {
        subjects.iter_mut().for_each(Subject::run);
    }
    let lists: Vec<_> = subjects
        .iter()
        // The first one warmed up.
        .map(|subject| format!("{:?}: {:?}", subject.name, &subject.took_ns[1..]))
        .collect();
    println!("{{\"subjects\": {{{}}}}}", lists.join(", "));
}
