-- experiments that were deleted: no message of theirs counts any more
create table deleted_experiments (
    id     varchar primary key,
    change bigint not null
);
