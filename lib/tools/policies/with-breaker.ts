import type { FailureReason } from "#lib/domain/outcome.ts";
import { type Asked, asked, type Desk } from "./desk.ts";

/** The service is in trouble. A refusal is about the request or the key, and a limit is about us: neither opens the circuit. */
const trouble: readonly FailureReason[] = ["server-error", "unreachable", "timed-out", "provider-failed"];

interface BreakerOptions<Request> {
  /** The part of the service a request concerns: each has a circuit of its own. */
  partOf?(request: Request): string;
  /** Failures in a row after which it is left alone, and for how long until one request tries it again. */
  failures?: number;
  restMs?: number;
  now?: () => number;
}

interface Circuit {
  /** Failures in a row. */
  failed: number;
  openUntil: number;
  /** One request is finding out whether the service is back. */
  probing: boolean;
}

const mostParts = 1_000;

/**
 * Leaves a service alone that fails again and again: the chain goes on at once, and the service gets time to recover. Only answers count:
 * a request that was stopped, that was not this provider's, or that was never made says nothing of the service.
 */
export function withBreaker<Request, Value>(desk: Desk<Request, Value>, options: BreakerOptions<Request> = {}): Desk<Request, Value> {
  const { partOf = () => "", failures = 5, restMs = 15_000, now = () => performance.now() } = options;
  const circuits = new Map<string, Circuit>();

  function circuitOf(part: string): Circuit {
    const circuit = circuits.get(part) ?? { failed: 0, openUntil: 0, probing: false };
    const [oldest] = circuits.keys();
    if (!circuits.has(part) && circuits.size >= mostParts && oldest !== undefined) circuits.delete(oldest);
    circuits.set(part, circuit);
    return circuit;
  }
  function settle(circuit: Circuit, { answer, tries }: Asked<Value>): void {
    if (!answer || tries === 0) return;
    circuit.failed = !answer.ok && trouble.includes(answer.reason) ? circuit.failed + 1 : 0;
    if (circuit.failed >= failures) circuit.openUntil = now() + restMs;
  }
  return {
    name: desk.name,
    async ask(request, signal) {
      const circuit = circuitOf(partOf(request));
      const isOpen = circuit.failed >= failures;
      if (isOpen && (circuit.probing || now() < circuit.openUntil))
        return asked<Value>(
          { ok: false, reason: "resting", detail: `not asked: ${circuit.failed} requests in a row failed` },
          { tries: 0 },
        );
      circuit.probing = isOpen;
      try {
        const answered = await desk.ask(request, signal);
        settle(circuit, answered);
        return answered;
      } finally {
        if (isOpen) circuit.probing = false;
      }
    },
  };
}
