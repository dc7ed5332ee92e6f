/** Stopped by hand, a bench ends in order: whatever it has started ends with this process. */
export function endInOrder(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => process.exit(130));
}
