"""What the whole-system tests share: the emulator as a process, drivers, JUnit files."""
