// What the server speaks, until the file generated from its OpenAPI description takes this place.

export interface Place {
  file?: string;
  row?: number;
  column?: string;
  parameter?: string;
}

export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  code: string;
  category?: string;
  detail: string;
  place?: Place;
  hint?: string;
}

export interface Info {
  version: string;
  data_folder_name: string;
  upload_bytes_max: number;
  languages: string[];
  store_notes: string[];
}

export interface Retention {
  keep_versions?: number | null;
  keep_days?: number | null;
}

export type VersionAction = 'import' | 'append' | 'upsert' | 'demo';

export interface Version {
  id: string;
  number: number;
  parent?: number | null;
  action: VersionAction;
  source: string;
  created_at: string;
  cases: number;
  events: number;
  first_event_at?: string | null;
  last_event_at?: string | null;
  bytes: number;
  pinned: boolean;
  is_current: boolean;
  damaged?: string | null;
  notions: string[];
}

export interface Log {
  id: number;
  name: string;
  created_at: string;
  retention: Retention;
  current?: Version | null;
  version_count: number;
}

export interface Upload {
  id: string;
  name: string;
  bytes: number;
}

export interface ImportSettings {
  case?: string | null;
  activity?: string | null;
  time?: string | null;
  start?: string | null;
  resource?: string | null;
  time_zone?: string | null;
  date_format?: string | null;
  classifier?: string | null;
  pairs_lifecycle?: boolean | null;
  encoding?: string | null;
  delimiter?: string | null;
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
export type JobPhase = 'waiting' | 'reading' | 'building' | 'writing' | 'done';

export interface Job {
  id: number;
  kind: 'check' | 'import' | 'demo';
  state: JobState;
  subject: string;
  phase: JobPhase;
  done: number;
  total: number;
  unit: 'bytes' | 'segments' | 'blocks';
  created_at: string;
  started_at?: string | null;
  finished_at?: string | null;
  result?: Record<string, unknown> | null;
  problem?: Problem | null;
}

export interface ProblemExample {
  row?: number | null;
  column?: string | null;
  value: string;
  reason: string;
}

export interface ProblemCount {
  kind: string;
  refused: boolean;
  count: number;
  examples: ProblemExample[];
}

export interface CheckedColumn {
  name: string;
  role: ColumnRole;
  reason: string;
  type?: string | null;
  level?: string | null;
  samples: string[];
  blanks: number;
}

export interface CheckResult {
  format: string;
  readings: string[];
  notes: string[];
  rows_read: number;
  rows_refused: number;
  cases: number;
  events: number;
  first_event_at?: string | null;
  last_event_at?: string | null;
  columns: CheckedColumn[];
  date_examples: { raw: string; read_as: string }[];
  head: { columns: string[]; rows: string[][] };
  activities: { activity: string; events: number }[];
  example_cases: { case: string; activities: string[] }[];
  problems: ProblemCount[];
  possible: boolean;
  problem?: Problem | null;
}

export interface ImportReport {
  format: string;
  readings: string[];
  roles: { column: string; role: ColumnRole; reason: string }[];
  rows_read: number;
  rows_refused: number;
  events: number;
  cases: number;
  empty_cases: number;
  problems: ProblemCount[];
  notes: string[];
}

export interface ImportOrder {
  upload: string;
  mode: 'new' | 'append' | 'upsert';
  name?: string;
  log?: number;
  key?: string[];
  settings: ImportSettings;
}

export interface Analysis {
  version: string;
  notion?: string;
  filters?: unknown[];
  tiles: {
    id: string;
    question: string;
    params?: Record<string, unknown>;
    filters?: unknown[];
    group_by?: string;
  }[];
}

/** What a log can be asked about. */
export interface Schema {
  activities: { name: string; auxiliary: boolean }[];
  attributes: { name: string; level: string; type: string }[];
  resource?: string | null;
  time_zone: string;
  as_of: string;
  notion: string;
}

export type ColumnRole =
  | 'case'
  | 'activity'
  | 'time'
  | 'start'
  | 'resource'
  | 'lifecycle'
  | 'instance'
  | 'attribute';
