// Loaded before every program that `npm start` starts (node --import). When the line to the launcher
// closes, because it asks for that or because it was killed, the program ends as if by Ctrl-C: the
// table emulator then saves its tables, which it does not do on SIGTERM. Nothing is left running.

process.once("disconnect", () => {
  if (!process.emit("SIGINT")) process.exit();
});

// The line itself must not keep a program alive that has finished.
process.channel?.unref();
