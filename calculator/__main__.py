"""Starts the ``exitcap`` commands, and answers a stop from the first moment."""

from __future__ import annotations

import os


def main() -> None:
    """Run the command line."""
    try:
        import signal  # itself long enough to be stopped in

        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _stop_at_once)
    except KeyboardInterrupt:
        _stop_at_once()
    from calculator.commands import main as run

    run()


def _stop_at_once(*_: object) -> None:
    try:
        os.write(2, b"Stopped. Nothing was written.\n")
    finally:
        os._exit(130)


if __name__ == "__main__":
    main()
