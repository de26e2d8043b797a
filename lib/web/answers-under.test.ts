import { expect, test } from "vitest";
import { answersUnder } from "./answers-under.ts";

const local = { HOST: "127.0.0.1", ALLOWED_HOSTS: [] };
const behindProxy = { HOST: "127.0.0.1", ALLOWED_HOSTS: ["dossier.example"] };
const everywhere = { HOST: "0.0.0.0", ALLOWED_HOSTS: [] };
const named = { HOST: "0.0.0.0", ALLOWED_HOSTS: ["dossier.example", "10.0.0.7"] };

test.each([
  [local, "127.0.0.1:3000", true],
  [local, "LOCALHOST:3000", true],
  [local, "[::1]:3000", true],
  [local, "evil.example:3000", false],
  [local, "localhost.evil.example", false],
  [local, "127.0.0.1:3000:3000", false],
  [behindProxy, "Dossier.example", true],
  [behindProxy, "localhost:3000", true],
  [behindProxy, "evil.dossier.example", false],
  [everywhere, "any.example:3000", true],
  [everywhere, "", false],
  [everywhere, null, false],
  [named, "10.0.0.7:3000", true],
  [named, "any.example", false],
])("with %o, under %s: %s", (settings, host, answers) => expect(answersUnder(host, settings)).toBe(answers));
