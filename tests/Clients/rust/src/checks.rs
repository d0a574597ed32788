//! One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`.

use std::fmt::Debug;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};

pub const LONG_QUERY: &str = "SELECT count(*) FROM generate_series(1, 1000000000)";
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

pub static FAILED: AtomicBool = AtomicBool::new(false);

pub async fn check<F: Future<Output = Outcome>>(sentence: &str, body: F) {
    match body.await {
        Ok(()) => println!("ok {sentence}"),
        Err(error) => {
            FAILED.store(true, Ordering::Relaxed);
            let mut reason = error.to_string();
            let mut cause = error.source();
            while let Some(deeper) = cause {
                reason = format!("{reason}: {deeper}");
                cause = deeper.source();
            }
            println!("not ok {sentence}: {}", reason.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
}

pub fn equal<A: PartialEq<B> + Debug, B: Debug>(actual: A, expected: B) -> Outcome {
    if actual == expected { Ok(()) } else { Err(format!("got {actual:?}, expected {expected:?}").into()) }
}
