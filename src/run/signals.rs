//! Signals that would end the program in the middle of a write -> put off until it is done, so that
//! no temporary file with the text of a file is left behind.

#[cfg(unix)]
pub(super) use self::unix::{install, put_off};

#[cfg(unix)]
mod unix {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Mutex, Once, PoisonError};

    use rustix::process::{Resource, Rlimit, setrlimit};
    use signal_hook::consts::{SIGABRT, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::{flag, low_level};
    use smsotp_lint::error::Exit;

    /// By which a run is ended from outside.
    const ENDS: [i32; 2] = [SIGINT, SIGTERM];

    /// Turns what would end the program into a failure with its exit code, and lets no core be
    /// written, which would hold the file.
    pub(in crate::run) fn install() {
        static IS_ABORTED: AtomicBool = AtomicBool::new(true);
        static IS_TOO_LARGE: AtomicBool = AtomicBool::new(false);
        // None of these can fail but by a system that does not know them.
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
        // The end of the memory or of the stack, of which the standard library says a line.
        let _ = flag::register_conditional_shutdown(SIGABRT, Exit::Failure as i32, &IS_ABORTED);
        // A write over the limit of a file's size fails by itself, if this does not end it.
        let _ = flag::register(SIGXFSZ, &IS_TOO_LARGE);
    }

    /// Writes, with every signal that would end the program put off until that is done.
    pub(in crate::run) fn put_off<T>(write: impl FnOnce() -> T) -> T {
        /// One write at a time, so that there is a moment to end behind each of them.
        static WRITE: Mutex<()> = Mutex::new(());
        static INSTALLED: Once = Once::new();
        /// Whether a signal has its usual effect at once.
        static AT_ONCE: AtomicBool = AtomicBool::new(true);
        /// The signal that was put off; 0 is none.
        static PUT_OFF: AtomicUsize = AtomicUsize::new(0);

        INSTALLED.call_once(|| {
            for signal in ENDS {
                let _ = flag::register_conditional_default(signal, &AT_ONCE);
                let _ = flag::register_usize(signal, &PUT_OFF, signal as usize);
            }
        });
        let one_at_a_time = WRITE.lock().unwrap_or_else(PoisonError::into_inner);
        AT_ONCE.store(false, Ordering::SeqCst);
        let result = write();
        AT_ONCE.store(true, Ordering::SeqCst);
        if let signal @ 1.. = PUT_OFF.load(Ordering::SeqCst) {
            let _ = low_level::emulate_default_handler(signal as i32);
        }
        drop(one_at_a_time);
        result
    }
}

/// Elsewhere there are no such signals.
#[cfg(not(unix))]
pub(super) const fn install() {}

#[cfg(not(unix))]
pub(super) fn put_off<T>(write: impl FnOnce() -> T) -> T {
    write()
}
