/** System calls that a script is refused, with their numbers on x86-64 and on arm64; null where there is no such call. */
const refused: Record<string, [number | null, number | null]> = {
  // other processes
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  // namespaces and mounts: a new one would give capabilities in it
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  // large and young parts of the kernel
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  fanotify_init: [300, 262],
  fanotify_mark: [301, 263],
  // the kernel's keys are not in a namespace
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // memory that belongs to no process, and that nobody would count
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  shmget: [29, 194],
  shmat: [30, 196],
  shmctl: [31, 195],
  shmdt: [67, 197],
  semget: [64, 190],
  semop: [65, 193],
  semctl: [66, 191],
  semtimedop: [220, 192],
  msgget: [68, 186],
  msgsnd: [69, 189],
  msgrcv: [70, 188],
  msgctl: [71, 187],
  mbind: [237, 235],
  set_mempolicy: [238, 237],
  migrate_pages: [256, 238],
  move_pages: [279, 239],
  // the machine
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  adjtimex: [159, 171],
  clock_adjtime: [305, 266],
  syslog: [103, 116],
  personality: [135, 92],
  vhangup: [153, 58],
  sethostname: [170, 161],
  setdomainname: [171, 162],
  iopl: [172, null],
  ioperm: [173, null],
  modify_ldt: [154, null],
  uselib: [134, null],
  ustat: [136, null],
  sysfs: [139, null],
  _sysctl: [156, null],
};

const machines = {
  x64: { audit: 0xc000003e, column: 0, clone: 56, clone3: 435, socket: 41, socketpair: 53, ioctl: 16 },
  arm64: { audit: 0xc00000b7, column: 1, clone: 220, clone3: 435, socket: 198, socketpair: 199, ioctl: 29 },
} as const;

/** `set_mempolicy_home_node`: the youngest call of Linux 5.17. What came later is unknown here, and is answered as an older kernel would. */
const youngest = 450;
/** The flags of clone that make a namespace: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const newNamespace = 0x7e020000;
const unixSocket = 1;
const [tiocsti, tioclinux] = [0x5412, 0x541c];

const [loadWord, jumpIfEqual, jumpIfAtLeast, jumpIfAnyBit, answer] = [0x20, 0x15, 0x35, 0x45, 0x06];
const [numberAt, machineAt, firstArgumentAt, secondArgumentAt] = [0, 4, 16, 24];
const [allow, kill, refuse] = [0x7fff0000, 0x80000000, 0x00050000];
const [notPermitted, notImplemented, noSuchFamily] = [1, 38, 97].map((code) => refuse | code) as [number, number, number];

type Instruction = [code: number, ifTrue: number, ifFalse: number, value: number];

/**
 * The filter of system calls for bubblewrap, as the bytes of a BPF program; null for a processor it was not written for. It names what is
 * refused, not what is allowed: nobody knows what every Python package calls. The namespaces are the boundary; this narrows what of the
 * kernel can be reached from inside, and takes the ways to hold memory or to reach a host that namespaces do not cover (vsock).
 */
export function seccompFilter(architecture: string): Buffer | null {
  if (architecture !== "x64" && architecture !== "arm64") return null;
  const machine = machines[architecture];
  const whenArgument = (call: number, argumentAt: number, test: Instruction, then: number): Instruction[] => [
    [jumpIfEqual, 0, 4, call],
    [loadWord, 0, 0, argumentAt],
    test,
    [answer, 0, 0, then],
    [loadWord, 0, 0, numberAt],
  ];
  const program: Instruction[] = [
    [loadWord, 0, 0, machineAt],
    [jumpIfEqual, 1, 0, machine.audit],
    [answer, 0, 0, kill], // another machine's calls, which a processor also knows, would have other numbers
    [loadWord, 0, 0, numberAt],
    [jumpIfAtLeast, 0, 1, youngest + 1], // x32, the third set of numbers of x86-64, is up there too
    [answer, 0, 0, notImplemented],
    [jumpIfEqual, 0, 1, machine.clone3], // its flags lie in memory, where a filter cannot look; the C library falls back to clone
    [answer, 0, 0, notImplemented],
    ...Object.values(refused).flatMap((numbers): Instruction[] => {
      const number = numbers[machine.column];
      if (number === null) return [];
      return [
        [jumpIfEqual, 0, 1, number],
        [answer, 0, 0, notPermitted],
      ];
    }),
    ...whenArgument(machine.clone, firstArgumentAt, [jumpIfAnyBit, 0, 1, newNamespace], notPermitted),
    ...whenArgument(machine.socket, firstArgumentAt, [jumpIfEqual, 1, 0, unixSocket], noSuchFamily),
    ...whenArgument(machine.socketpair, firstArgumentAt, [jumpIfEqual, 1, 0, unixSocket], noSuchFamily),
    ...whenArgument(machine.ioctl, secondArgumentAt, [jumpIfEqual, 0, 1, tiocsti], notPermitted),
    ...whenArgument(machine.ioctl, secondArgumentAt, [jumpIfEqual, 0, 1, tioclinux], notPermitted),
    [answer, 0, 0, allow],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, ifTrue, ifFalse, value], at) => {
    bytes.writeUInt16LE(code, at * 8);
    bytes.writeUInt8(ifTrue, at * 8 + 2);
    bytes.writeUInt8(ifFalse, at * 8 + 3);
    bytes.writeUInt32LE(value, at * 8 + 4);
  });
  return bytes;
}
