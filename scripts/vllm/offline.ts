import { join } from "node:path";
import { vllmFolder } from "./vllm-folder.ts";

/** The variables under which neither vLLM nor the libraries below it fetch, report or write anything outside of our folder. */
export function offline(): Record<string, string> {
  return {
    HF_HUB_OFFLINE: "1",
    TRANSFORMERS_OFFLINE: "1",
    HF_HOME: join(vllmFolder, "cache", "huggingface"),
    VLLM_CACHE_ROOT: join(vllmFolder, "cache", "vllm"),
    VLLM_CONFIG_ROOT: join(vllmFolder, "cache", "config"),
    VLLM_NO_USAGE_STATS: "1",
    DO_NOT_TRACK: "1",
    // An accelerator of this machine stays out of it: the checks are of the protocol.
    VLLM_TARGET_DEVICE: "cpu",
    CUDA_VISIBLE_DEVICES: "",
    VLLM_CPU_KVCACHE_SPACE: "1",
  };
}
