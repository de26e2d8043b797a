CREATE TABLE "browsers" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"viewer_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_answers" (
	"viewer_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" "bytea" NOT NULL,
	"status" integer,
	"body" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "kept_answers_viewer_id_key_pk" PRIMARY KEY("viewer_id","key")
);
--> statement-breakpoint
CREATE TABLE "launch_links" (
	"token_hash" "bytea" PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "log_segments" (
	"run_id" uuid NOT NULL,
	"first_seq" integer NOT NULL,
	"last_seq" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "log_segments_run_id_first_seq_pk" PRIMARY KEY("run_id","first_seq")
);
--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "text" text;--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "log_format" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "workers" ADD COLUMN "seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "log_segments" ADD CONSTRAINT "log_segments_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "kept_answers_by_age" ON "kept_answers" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_once" UNIQUE("run_id","key");