import { hashOf } from "./seeded.ts";

/** vLLM's default block. */
export const blockTokens = 16;

/** The hashes of a text's full blocks, each covering all that came before it. More tokens may be appended: the output after the prompt. */
export interface BlockChain {
  readonly blocks: number[];
  readonly tokens: number;
  append(ids: Uint32Array): void;
}

/** Two lanes of 32 bits, of which 53 are kept: what a number holds exactly. The salt begins the chain, as in vLLM. */
export function blockChain(salt: string): BlockChain {
  const blocks: number[] = [];
  let first = hashOf(salt);
  let second = hashOf(`${salt}#`);
  let tokens = 0;
  return {
    blocks,
    get tokens() {
      return tokens;
    },
    append(ids) {
      for (const id of ids) {
        first = Math.imul(first ^ id, 0x01000193);
        first ^= first >>> 13;
        second = Math.imul(second ^ id, 0x85ebca6b);
        second ^= second >>> 15;
        tokens++;
        if (tokens % blockTokens === 0) blocks.push((first >>> 0) * 0x200000 + ((second >>> 0) & 0x1fffff));
      }
    },
  };
}

/** Which blocks the server still holds. */
export interface PrefixCache {
  /** Tokens of the prompt that need no computing. Never all of them: vLLM computes at least the last one anew. */
  hit(chain: BlockChain): number;
  /** Holds the blocks of the chain from now on, and lets the least recently used go where there is a capacity. */
  hold(chain: BlockChain): void;
  clear(): void;
  readonly size: number;
}

export function prefixCache(capacity: number = Number.POSITIVE_INFINITY): PrefixCache {
  const held = new Map<number, true>(); // in the order of their last use
  return {
    hit({ blocks, tokens }) {
      const most = Math.floor((tokens - 1) / blockTokens);
      let found = 0;
      while (found < most && held.has(blocks[found] ?? -1)) found++;
      return found * blockTokens;
    },
    hold({ blocks }) {
      if (capacity === Number.POSITIVE_INFINITY) {
        for (const block of blocks) held.set(block, true);
        return;
      }
      // From the last to the first: a chain that has lost its head is worth nothing, so its tail is to go first.
      for (let index = blocks.length - 1; index >= 0; index--) {
        const block = blocks[index] ?? 0;
        held.delete(block);
        held.set(block, true);
      }
      for (const block of held.keys()) {
        if (held.size <= capacity) return;
        held.delete(block);
      }
    },
    clear: () => held.clear(),
    get size() {
      return held.size;
    },
  };
}
