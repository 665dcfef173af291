#!/usr/bin/perl
# A hook tool: hands its words, and what it reads, to the agent of the test, and prints what that answers. In Perl, as a hook starts dozens.
use strict;
use warnings;
use Socket;

my ($name) = $0 =~ m{([^/]+?)(?:\.exe)?$};
my $input = '';
if (grep { $_ eq '--file' } @ARGV) { local $/; $input = <STDIN> // ''; }
socket(my $link, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
connect($link, pack_sockaddr_un($ENV{JUJU_AGENT_SOCKET_ADDRESS})) or die "there is no agent: $!";
print {$link} join("\0", scalar @ARGV, $name, @ARGV, $input);
select((select($link), $| = 1)[0]);
shutdown($link, 1);
my $answer = do { local $/; <$link> } // die "the agent is gone\n";
my ($code, $stdout, $stderr) = split /\0/, $answer, 3;
print STDOUT $stdout;
print STDERR $stderr;
exit $code;
