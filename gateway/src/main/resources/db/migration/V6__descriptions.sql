-- what people call an experiment and say of it; tags between commas, for example ,baseline,paper,
alter table experiments add column name varchar;
alter table experiments add column notes varchar;
alter table experiments add column tags varchar;

-- the documents say it too
update experiments set document = null;
