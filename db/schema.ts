import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey(),
    viewerId: text("viewer_id").notNull(),
    title: text().notNull(),
    /** Title, questions and reports, segmented by the application (see lib/std/search-tokens.ts). */
    search: tsvector().notNull().default(sql`''::tsvector`),
    createdAt: at("created_at").notNull().defaultNow(),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [index("sessions_by_viewer").on(table.viewerId, table.updatedAt), index("sessions_search").using("gin", table.search)],
);

export const runs = pgTable(
  "runs",
  {
    id: uuid().primaryKey(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    question: text().notNull(),
    mode: text().notNull(),
    status: text().notNull().default("queued"),
    termination: text(),
    reportId: uuid("report_id"),
    /** How many lanes a Heavy run has and how they work; null for any other. */
    heavy: jsonb(),
    /** The report that is written again; null for a run that researches. */
    rewrites: uuid(),
    budget: jsonb().notNull(),
    usage: jsonb().notNull(),
    steps: integer().notNull().default(0),
    /** The fence: only the holder of the current epoch may append. Every claim raises it. */
    epoch: integer().notNull().default(0),
    workerId: text("worker_id"),
    jobId: uuid("job_id"),
    jobRetry: integer("job_retry"),
    /** The newest form of the log that was written to it: a worker of an older version leaves the run to a newer one. */
    logFormat: integer("log_format").notNull().default(1),
    idempotencyKey: text("idempotency_key"),
    createdAt: at("created_at").notNull().defaultNow(),
    endedAt: at("ended_at"),
  },
  (table) => [
    index("runs_by_session").on(table.sessionId, table.createdAt),
    index("runs_by_status").on(table.status),
    index("runs_done_by_end").on(table.endedAt).where(sql`status = 'done'`),
    unique("runs_idempotency").on(table.sessionId, table.idempotencyKey),
  ],
);

/** The log. `data` is the whole event without `seq`, `type` and `at`. */
export const events = pgTable(
  "events",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    seq: integer().notNull(),
    type: text().notNull(),
    at: at("at").notNull(),
    data: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
);

/** What people asked of a run while it works. The worker turns each into an event; a row is never the truth about the run. */
export const commands = pgTable(
  "commands",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    kind: text().notNull(),
    /** What a message says; null for every other kind. */
    text: text(),
    /** Under which a message that is sent again is still one. */
    key: text(),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [index("commands_by_run").on(table.runId, table.id), unique("commands_once").on(table.runId, table.key)],
);

/**
 * Stretches of logs that can change no more, as the stream sends them and compressed: what a reader who comes back is sent. They are made
 * from `events`, which stays the truth, and may be deleted at any time.
 */
export const logSegments = pgTable(
  "log_segments",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    firstSeq: integer("first_seq").notNull(),
    lastSeq: integer("last_seq").notNull(),
    /** One zstd frame of server-sent events. */
    bytes: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.firstSeq] })],
);

/** Links that let a browser in, each once. Only hashes are kept. */
export const launchLinks = pgTable("launch_links", {
  tokenHash: bytea("token_hash").primaryKey(),
  createdAt: at("created_at").notNull().defaultNow(),
  expiresAt: at("expires_at").notNull(),
  usedAt: at("used_at"),
});

/** Browsers that were let in, by the hash of their cookie. */
export const browsers = pgTable("browsers", {
  tokenHash: bytea("token_hash").primaryKey(),
  viewerId: text("viewer_id").notNull(),
  createdAt: at("created_at").notNull().defaultNow(),
  seenAt: at("seen_at").notNull().defaultNow(),
  expiresAt: at("expires_at").notNull(),
});

/** Answers to requests that may be sent again under the same key: the second gets what the first got. Kept for a day. */
export const keptAnswers = pgTable(
  "kept_answers",
  {
    viewerId: text("viewer_id").notNull(),
    key: text().notNull(),
    /** Method, path and body, as one hash: the same key with another request is refused. */
    requestHash: bytea("request_hash").notNull(),
    /** Null while the first request is being carried out. */
    status: integer(),
    body: text(),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.viewerId, table.key] }), index("kept_answers_by_age").on(table.createdAt)],
);

/** Snapshots of the pages that were read. One row per run and final text: reading the same page twice in a run gives one source. */
export const sources = pgTable(
  "sources",
  {
    id: uuid().primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    n: integer().notNull(),
    requestedUrl: text("requested_url").notNull(),
    url: text().notNull(),
    title: text().notNull(),
    site: text().notNull(),
    text: text().notNull(),
    hash: text().notNull(),
    status: integer().notNull(),
    fetchedAt: at("fetched_at").notNull(),
    /** What its text is compared with those of the run's other sources by (see lib/std/sketch.ts); null for those kept before there was one. */
    sketch: bytea(),
    /** The number of the earlier source that it is a copy of. */
    copyOf: integer("copy_of"),
  },
  // The address enters as its hash: an index row holds 2,704 bytes, an address may be longer.
  (table) => [
    uniqueIndex("sources_once").on(table.runId, table.hash, sql`md5(${table.url})`),
    unique("sources_number").on(table.runId, table.n),
  ],
);

/** Pictures that scripts of a run made. The same bytes in the same run are one. */
export const figures = pgTable(
  "figures",
  {
    id: uuid().primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    n: integer().notNull(),
    name: text().notNull(),
    /** sha256 of the bytes. */
    hash: text().notNull(),
    /** In pixels. */
    width: integer().notNull(),
    height: integer().notNull(),
    /** A PNG. */
    bytes: bytea().notNull(),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [unique("figures_once").on(table.runId, table.hash), unique("figures_number").on(table.runId, table.n)],
);

export const reports = pgTable(
  "reports",
  {
    id: uuid().primaryKey(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    kind: text().notNull(),
    markdown: text().notNull(),
    citations: jsonb().notNull(),
    sources: jsonb().notNull(),
    readOnly: jsonb("read_only").notNull(),
    removedMarks: jsonb("removed_marks").notNull(),
    limitations: jsonb().notNull().default([]),
    figures: jsonb().notNull().default([]),
    model: text(),
    judge: text(),
    /** Which version it was made from and what was asked of it; null for the version that the research ended with. */
    rewrite: jsonb(),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [unique("reports_version").on(table.runId, table.version)],
);

/** Links to reports. Whether one opens is looked up at every view, so that a revoked one is closed at once. */
export const shares = pgTable(
  "shares",
  {
    id: uuid().primaryKey(),
    viewerId: text("viewer_id").notNull(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id, { onDelete: "cascade" }),
    /** sha256 of the token, which itself is stored nowhere. */
    tokenHash: bytea("token_hash").notNull().unique(),
    scope: text().notNull(),
    indexable: boolean().notNull().default(false),
    createdAt: at("created_at").notNull().defaultNow(),
    expiresAt: at("expires_at").notNull(),
    revokedAt: at("revoked_at"),
    views: integer().notNull().default(0),
    lastViewedAt: at("last_viewed_at"),
  },
  (table) => [index("shares_by_viewer").on(table.viewerId, table.createdAt), index("shares_by_report").on(table.reportId)],
);

/** Questions about a finished report and their answers, which come from its stored passages. */
export const reportMessages = pgTable(
  "report_messages",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    reportId: uuid("report_id")
      .notNull()
      .references(() => reports.id, { onDelete: "cascade" }),
    role: text().notNull(),
    text: text().notNull(),
    /** Of an answer: its citations, who gave it and how it ended (see lib/domain/report-message.ts). */
    details: jsonb().notNull().default({}),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [index("report_messages_by_report").on(table.reportId, table.id)],
);

/** Uploaded files. One that came with no question is deleted by the first upload a day later (see db/queries/attachments.ts). */
export const attachments = pgTable(
  "attachments",
  {
    id: uuid().primaryKey(),
    viewerId: text("viewer_id").notNull(),
    /** To be shown, never a path. */
    name: text().notNull(),
    /** What the bytes are, in words. */
    type: text().notNull(),
    /** In bytes. */
    size: integer().notNull(),
    /** sha256 of the bytes. */
    hash: text().notNull(),
    bytes: bytea().notNull(),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [index("attachments_by_viewer").on(table.viewerId, table.createdAt)],
);

/** Which files came with which question. A file that any run names cannot be deleted. */
export const runAttachments = pgTable(
  "run_attachments",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    attachmentId: uuid("attachment_id")
      .notNull()
      .references(() => attachments.id),
    /** From 1, in the order in which they were attached. */
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.attachmentId] }), index("run_attachments_by_attachment").on(table.attachmentId)],
);

/** One file of CORPUS_DIR as it was when it was loaded. */
export const corpusFiles = pgTable("corpus_files", {
  path: text().primaryKey(),
  /** Size, time and our own format of the loaded file; anything else loads it again. Empty while a load is under way. */
  fingerprint: text().notNull(),
  /** What could not be loaded of it: `{line, problem}`. Empty when all of it was. */
  problems: jsonb().notNull(),
  documents: integer().notNull().default(0),
  /** Search tokens of all its documents: with `documents` this gives the average length that ranking needs. */
  tokens: bigint({ mode: "number" }).notNull().default(0),
  loadedAt: at("loaded_at").notNull().defaultNow(),
});

export const corpusDocuments = pgTable(
  "corpus_documents",
  {
    id: uuid().primaryKey().defaultRandom(),
    path: text()
      .notNull()
      .references(() => corpusFiles.path, { onDelete: "cascade" }),
    /** The line of the document within its file; 1 where the file is the document. */
    line: integer().notNull(),
    url: text().notNull(),
    title: text().notNull(),
    text: text().notNull(),
    /** Search tokens of title and text, for ranking by length. */
    length: integer().notNull(),
    /** Each token with as many positions as it occurs (see lib/std/to-tsvector.ts). */
    search: tsvector().notNull(),
  },
  (table) => [
    index("corpus_documents_search").using("gin", table.search),
    index("corpus_documents_url").using("hash", table.url),
    unique("corpus_documents_line").on(table.path, table.line),
  ],
);

/** In how many documents of the corpus a search token occurs, kept level with the documents by every load. */
export const corpusTerms = pgTable("corpus_terms", {
  term: text().primaryKey(),
  documents: integer().notNull(),
});

/** Worker processes. One is alive while it holds its advisory lock and has been seen lately (see db/queries/workers.ts). */
export const workers = pgTable("workers", {
  id: text().primaryKey(),
  startedAt: at("started_at").notNull().defaultNow(),
  /** By the database's clock; null for a worker of a version that did not say. */
  seenAt: at("seen_at"),
  /** What of its tools it found to work, when it began (see lib/domain/check-up.ts). */
  tools: jsonb(),
});

/** What tools brought, kept for a while so that the same is not fetched twice. Unlogged: it may be lost, and costs half as much to write. */
export const toolCache = pgTable(
  "tool_cache",
  {
    /** sha256 of what was asked of whom, see lib/tools/policies/with-cache.ts. */
    key: text().primaryKey(),
    tool: text().notNull(),
    /** JSON as text: it is only ever read whole, and may hold what jsonb refuses. */
    value: text().notNull(),
    createdAt: at("created_at").notNull().defaultNow(),
    expiresAt: at("expires_at").notNull(),
  },
  (table) => [index("tool_cache_expiry").on(table.expiresAt)],
);

/** When the next request to an outside service may begin, for all worker processes together. Unlogged. */
export const providerPace = pgTable("provider_pace", {
  service: text().primaryKey(),
  nextAt: at("next_at").notNull(),
});

/** Who is asking an outside service just now. A seat whose time has passed was left by a process that died. Unlogged. */
export const providerSeats = pgTable(
  "provider_seats",
  {
    service: text().notNull(),
    seat: integer().notNull(),
    holder: uuid().notNull(),
    until: at("until").notNull(),
  },
  (table) => [primaryKey({ columns: [table.service, table.seat] })],
);
