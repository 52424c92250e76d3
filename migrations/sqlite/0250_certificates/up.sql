-- Of the installation's hosts, where it faces the internet itself. They are its own, as the hosts are: whose a host is,
-- organizations says. The key is sealed with the installation's secret.
CREATE TABLE certificates (
    host TEXT NOT NULL,
    chain TEXT,
    sealed_key TEXT,
    issued_at BIGINT,
    expires_at BIGINT,
    try_at BIGINT NOT NULL,
    failures INTEGER NOT NULL,
    failure TEXT,
    failed_at BIGINT,
    leased_until BIGINT,
    PRIMARY KEY (host)
);
-- What the certificate authority asks of a host, and any machine answers.
CREATE TABLE certificate_challenges (
    host TEXT NOT NULL,
    token TEXT NOT NULL,
    answer TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (host, token)
);
