import { BrokenCircuitError, type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from "cockatiel";
import type { FailureReason } from "#lib/domain/outcome.ts";
import { type Asked, asked, type Desk } from "./asked.ts";

/** The service is in trouble. A refusal is about the request or the key, and a limit is about us: neither opens the circuit. */
const trouble = new Set<FailureReason>(["server-error", "unreachable", "timed-out", "provider-failed"]);

export interface BreakerOptions<Request> {
  /** The part of the service a request concerns: each has a circuit of its own. */
  partOf?(request: Request): string;
  /** Failures in a row after which it is left alone, and for how long until one request tries it again. */
  failures?: number;
  restMs?: number;
}

const mostParts = 1_000;

/** Leaves a service alone that fails again and again: the chain goes on at once, and the service gets time to recover. */
export function withBreaker<Request, Value>(desk: Desk<Request, Value>, options: BreakerOptions<Request> = {}): Desk<Request, Value> {
  const { partOf = () => "", failures = 5, restMs = 15_000 } = options;
  const circuits = new Map<string, CircuitBreakerPolicy>();
  const circuitOf = (part: string): CircuitBreakerPolicy => {
    const known = circuits.get(part);
    if (known) return known;
    const [oldest] = circuits.keys();
    if (circuits.size >= mostParts && oldest !== undefined) circuits.delete(oldest);
    const circuit = circuitBreaker(handleWhenResult(isTrouble), { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(failures) });
    circuits.set(part, circuit);
    return circuit;
  };
  return {
    name: desk.name,
    async ask(request, signal) {
      try {
        return await circuitOf(partOf(request)).execute(() => desk.ask(request, signal));
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        return asked<Value>({ ok: false, reason: "resting", detail: `not asked: ${failures} requests in a row failed` }, { tries: 0 });
      }
    },
  };
}

function isTrouble(result: unknown): boolean {
  const { answer } = result as Asked<unknown>; // the policy hands back what the desk gave
  return answer !== null && !answer.ok && trouble.has(answer.reason);
}
