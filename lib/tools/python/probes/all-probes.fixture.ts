import { abuseProbes } from "./abuse.fixture.ts";
import { fileProbes } from "./files.fixture.ts";
import { javascriptProbes } from "./javascript.fixture.ts";
import { kernelProbes } from "./kernel.fixture.ts";
import { networkProbes } from "./network.fixture.ts";
import type { Probe } from "./probe.fixture.ts";
import { processProbes } from "./processes.fixture.ts";

export const allProbes: Probe[] = [...fileProbes, ...networkProbes, ...processProbes, ...kernelProbes, ...javascriptProbes, ...abuseProbes];
