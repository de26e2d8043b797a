// Loaded before a child's own program: see child.ts.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
