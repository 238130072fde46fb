-- Files that published items carry and whose text can be read, with what came of reading. The hash tells whether the text is still that of the file.
create table documents (
  media_path text primary key,
  media_key text not null,
  is_due integer not null,
  due_utc text not null,
  attempts integer not null default 0,
  state text not null default 'Waiting',
  why text not null default '',
  sha256 text,
  reader_version integer not null default 0,
  page_count integer not null default 0,
  text_pages integer not null default 0,
  read_utc text
);
create index documents_due on documents (due_utc) where is_due = 1;
create index documents_by_key on documents (media_key);

-- The readable text of those files, in their order; page is null where a file has no pages.
create table document_pages (
  media_path text not null,
  number integer not null,
  page integer,
  text text not null,
  primary key (media_path, number)
);
