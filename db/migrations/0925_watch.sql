-- aftersales: the same exhibit is found wherever else it was shown.
create index exhibits_sha256 on aftersales.exhibits (sha256);
