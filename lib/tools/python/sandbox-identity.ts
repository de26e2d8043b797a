/**
 * Sandboxes run as `nobody` where this process is root. Root is exempt from the limit on processes, and may signal every process of the
 * machine; whoever breaks out of a sandbox is then still nobody.
 */
export const sandboxIdentity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
