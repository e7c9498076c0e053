create table if not exists license (
  id          text primary key,
  sku         text        not null,
  holder      text        not null,
  identity    text,
  seats       integer     not null default 1,
  revoked     boolean     not null default false,
  valid_until timestamptz not null
);

create sequence if not exists license_number start 1000;

-- What was really done, one row an effect: the read-back that tells a replayed answer from a second deed.
create table if not exists effect (
  id         bigint generated always as identity primary key,
  kind       text not null,
  license_id text not null
);

create table if not exists idempotent_reply (
  key         text primary key,
  fingerprint text not null,
  body        text
);
