import { expect, test } from "vitest";
import { surroundings } from "./surroundings.ts";

const files = (texts: Record<string, string>) => ({ has: (path: string) => path in texts, read: (path: string) => texts[path] ?? "" });

test.each<[Record<string, string>, string]>([
  [{ "/proc/1/cgroup": "0::/init.scope", "/etc/hosts": "127.0.0.1 localhost" }, "machine"],
  [{}, "machine"],
  [{ "/.dockerenv": "" }, "container"],
  [{ "/run/.containerenv": "" }, "container"],
  [{ "/proc/1/cgroup": "12:cpu:/docker/0123abc" }, "container"],
  [{ "/.dockerenv": "", "/etc/hosts": "# Kubernetes-managed hosts file." }, "pod"],
  [{ "/var/run/secrets/kubernetes.io": "" }, "pod"],
  [{ "/proc/1/cgroup": "11:memory:/kubepods/burstable/pod1" }, "pod"],
])("%j is a %s", (texts, where) => {
  expect(surroundings(files(texts))).toBe(where);
});

test("the machine that runs this is one of them", () => {
  expect(["machine", "container", "pod"]).toContain(surroundings());
});
