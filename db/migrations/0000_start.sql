CREATE TABLE "commands" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "corpus_documents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"path" text NOT NULL,
	"line" integer NOT NULL,
	"url" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"length" integer NOT NULL,
	"search" "tsvector" NOT NULL,
	CONSTRAINT "corpus_documents_line" UNIQUE("path","line")
);
--> statement-breakpoint
CREATE TABLE "corpus_files" (
	"path" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"problems" jsonb NOT NULL,
	"documents" integer DEFAULT 0 NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"loaded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "corpus_terms" (
	"term" text PRIMARY KEY NOT NULL,
	"documents" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"run_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "events_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"markdown" text NOT NULL,
	"citations" jsonb NOT NULL,
	"sources" jsonb NOT NULL,
	"read_only" jsonb NOT NULL,
	"removed_marks" jsonb NOT NULL,
	"model" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reports_version" UNIQUE("run_id","version")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"question" text NOT NULL,
	"mode" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"termination" text,
	"report_id" uuid,
	"budget" jsonb NOT NULL,
	"usage" jsonb NOT NULL,
	"steps" integer DEFAULT 0 NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"worker_id" text,
	"job_id" uuid,
	"job_retry" integer,
	"idempotency_key" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "runs_idempotency" UNIQUE("session_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"viewer_id" text NOT NULL,
	"title" text NOT NULL,
	"search" "tsvector" DEFAULT ''::tsvector NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"requested_url" text NOT NULL,
	"url" text NOT NULL,
	"title" text NOT NULL,
	"site" text NOT NULL,
	"text" text NOT NULL,
	"hash" text NOT NULL,
	"status" integer NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	CONSTRAINT "sources_number" UNIQUE("run_id","n")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corpus_documents" ADD CONSTRAINT "corpus_documents_path_corpus_files_path_fk" FOREIGN KEY ("path") REFERENCES "public"."corpus_files"("path") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "commands_by_run" ON "commands" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "corpus_documents_search" ON "corpus_documents" USING gin ("search");--> statement-breakpoint
CREATE INDEX "corpus_documents_url" ON "corpus_documents" USING hash ("url");--> statement-breakpoint
CREATE INDEX "runs_by_session" ON "runs" USING btree ("session_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_by_status" ON "runs" USING btree ("status");--> statement-breakpoint
CREATE INDEX "sessions_by_viewer" ON "sessions" USING btree ("viewer_id","updated_at");--> statement-breakpoint
CREATE INDEX "sessions_search" ON "sessions" USING gin ("search");--> statement-breakpoint
CREATE UNIQUE INDEX "sources_once" ON "sources" USING btree ("run_id","hash",md5("url"));