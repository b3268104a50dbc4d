"""The program: started, watched at its terminal, and killed."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time


class Ending:
    """How one start of the program ended."""

    def __init__(self, status, phase, seconds, notes):
        self.status, self.phase, self.seconds, self.notes = status, phase, seconds, notes
        self.was_killed = status == -signal.SIGKILL


class Moment:
    """When to kill: some time after the start, or after a phase was seen to begin."""

    def __init__(self, seconds, phase=None):
        self.seconds, self.phase = seconds, phase

    @staticmethod
    def drawn(chance, usual):
        """Half of them at any time of a usual run, the others in one of the phases."""
        if chance.random() < 0.5:
            return Moment(chance.uniform(0, usual))
        phase = chance.choice(["link", "plan", "push", "push", "push"])
        return Moment(chance.uniform(0, 0.15), phase)


def run(dynsync, arguments, folder, moment=None):
    """Runs the program to its end, or until the moment at which it is killed.

    Its standard error is a terminal, on which it shows the phase that it is in.
    """
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 200, 0, 0))
    began = time.monotonic()
    process = subprocess.Popen(
        [dynsync, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=slave, stderr=slave)
    os.close(slave)
    phase, notes, due = "start", "", None
    if moment and not moment.phase:
        due = began + moment.seconds
    while True:
        wait = 0.2 if due is None else max(0.0, min(0.2, due - time.monotonic()))
        if select.select([master], [], [], wait)[0]:
            try:
                text = os.read(master, 65536).decode(errors="replace")
            except OSError:  # nobody has the other end any more
                break
            notes += text
            for word, side in re.findall(
                    r"\r(recover|pull|link|plan|push)\b(?: \w+( to \w+))?", text):
                phase = word + side
                if due is None and moment and moment.phase == word:
                    due = time.monotonic() + moment.seconds
        if due is not None and time.monotonic() >= due:
            process.kill()
            break
    status = process.wait()
    os.close(master)
    return Ending(status, phase, time.monotonic() - began, notes)
