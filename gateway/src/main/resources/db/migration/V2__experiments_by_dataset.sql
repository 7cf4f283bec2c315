-- who uses a data set is asked before it is removed, and where its versions are listed
create index experiments_by_dataset on experiments (dataset, submitted_at);
