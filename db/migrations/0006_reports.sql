CREATE TABLE "report_messages" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"report_id" uuid NOT NULL,
	"role" text NOT NULL,
	"text" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shares" (
	"id" uuid PRIMARY KEY NOT NULL,
	"viewer_id" text NOT NULL,
	"report_id" uuid NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"scope" text NOT NULL,
	"indexable" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"views" integer DEFAULT 0 NOT NULL,
	"last_viewed_at" timestamp with time zone,
	CONSTRAINT "shares_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "judge" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "rewrite" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "rewrites" uuid;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "sketch" "bytea";--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "copy_of" integer;--> statement-breakpoint
ALTER TABLE "report_messages" ADD CONSTRAINT "report_messages_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shares" ADD CONSTRAINT "shares_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "report_messages_by_report" ON "report_messages" USING btree ("report_id","id");--> statement-breakpoint
CREATE INDEX "shares_by_viewer" ON "shares" USING btree ("viewer_id","created_at");--> statement-breakpoint
CREATE INDEX "shares_by_report" ON "shares" USING btree ("report_id");