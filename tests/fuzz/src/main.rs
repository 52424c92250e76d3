//! One program for all targets, so that one build serves them: `FUZZ_TARGET` says which. tests/fuzz/run starts it.

#![no_main]

use std::{env, panic, sync::LazyLock};

use libfuzzer_sys::fuzz_target;
use portico_parsers::{target, Panics, Target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = env::var("FUZZ_TARGET").expect("FUZZ_TARGET names a target");
    let target = target(&name).unwrap_or_else(|| panic!("there is no target {name:?}"));
    // libFuzzer's own hook ends the program before anybody could catch a panic. What nobody catches ends it still.
    if target.panics == Panics::CostOneReading {
        panic::set_hook(Box::new(|_| {}));
    }
    target
});

fuzz_target!(|bytes: &[u8]| (TARGET.check)(bytes));
