-- Every file in the media folder, as it must be. staged_as names the hidden file beside its place while it has not been put there; is_leaving says that it
-- is to be deleted. Both outlive a crash: whoever starts next brings the folder to what stands here.
create table media_contents (
  media_path text primary key,
  sha256 text not null,
  length integer not null,
  staged_as text,
  is_leaving integer not null default 0
);
create index media_contents_unsettled on media_contents (media_path) where staged_as is not null or is_leaving = 1;
