"""Stands in for the package krb5, which is compiled for minutes: pyspnego asks it for nothing but tickets by password and by keytab, and
takes the Kerberos of Debian's python3-gssapi once it can be imported."""
