#!/bin/sh
# A Postfix of our own for the tests: on loopback, all mail into one Maildir, nothing ever leaves the machine.
#   postfix.sh install       Debian's package, its service not started; nothing is done where it is there
#   postfix.sh up DIR PORT   starts one in DIR (absolute); the Maildir is DIR/mail/all, the log DIR/maillog
#   postfix.sh down DIR      ends it, and waits until it is gone
# Postfix runs as root alone. Exits 69 (EX_UNAVAILABLE) where something is missing, and says what.
set -eu

say() { printf '%s\n' "$*" >&2; }

missing() {
    say "make test-mail: $*"
    exit 69
}

has_postfix() { [ -x /usr/sbin/postfix ] && [ -x /usr/sbin/smtp-sink ]; }

# Debian starts a service as soon as it is installed, unless this file says no. It is gone afterwards.
POLICY=/usr/sbin/policy-rc.d

install_postfix() {
    has_postfix && return
    command -v apt-get >/dev/null 2>&1 || missing "no Postfix, and no apt-get to install it. Install postfix (3.7 or newer)."
    [ "$(id -u)" = 0 ] || missing "no Postfix. Run: sudo apt-get install --no-install-recommends postfix"
    ours=
    if [ ! -e $POLICY ]; then
        printf '#!/bin/sh\nexit 101\n' >$POLICY
        chmod 755 $POLICY
        ours=1
    fi
    trap 'test -z "$ours" || rm -f $POLICY' EXIT
    say "Installing Postfix (its service stays off)"
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
    apt-get update -qq >&2
    # Another mail server is not removed for the sake of a test.
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-remove --no-install-recommends postfix >&2 ||
        missing "apt-get could not install postfix; see above."
    has_postfix || missing "apt-get installed postfix, and /usr/sbin/postfix or /usr/sbin/smtp-sink is not there."
}

configure() {
    dir=$1 port=$2
    mkdir -p "$dir/etc" "$dir/queue" "$dir/data" "$dir/mail"
    chmod 755 "$dir"
    chown postfix "$dir/data"
    chown nobody "$dir/mail"
    cat >"$dir/etc/recipients" <<EOF
full@example.com 452 4.2.2 <full@example.com>: mailbox full
gone@example.com 550 5.1.1 <gone@example.com>: no such user here
slow.example.com 421 4.7.0 too many messages, try again in 2 minutes
EOF
    cat >"$dir/etc/transport" <<EOF
bounce.example.com error:5.1.1 no such mailbox here
later.example.com retry:4.2.2 mailbox over quota
EOF
    cat >"$dir/etc/main.cf" <<EOF
compatibility_level = 3.6
queue_directory = $dir/queue
data_directory = $dir/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = $dir/maillog
maillog_file_prefixes = $dir

myhostname = mta.example.com
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
disable_dns_lookups = yes
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access texthash:$dir/etc/recipients, permit_mynetworks, reject
smtpd_reject_unlisted_recipient = no
smtpd_client_connection_count_limit = 0
smtpd_client_message_rate_limit = 0
smtpd_tls_security_level = none
message_size_limit = 26214400

# Everything is ours, and goes into one Maildir (the slash says so), whoever it is for.
virtual_mailbox_domains = static:all
virtual_mailbox_maps = static:all/
virtual_mailbox_base = $dir/mail
virtual_mailbox_limit = 0
mailbox_size_limit = 0
virtual_minimum_uid = 1
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
transport_maps = texthash:$dir/etc/transport
default_transport = error:5.1.2 nothing leaves this machine
relay_transport = error:5.1.2 nothing leaves this machine
local_transport = error:5.1.2 nobody lives here
EOF
    {
        echo "127.0.0.1:$port inet n - n - 50 smtpd"
        echo "cleanup unix n - n - 0 cleanup"
        echo "qmgr unix n - n 300 1 qmgr"
        echo "rewrite unix - - n - - trivial-rewrite"
        for name in bounce defer trace; do echo "$name unix - - n - 0 bounce"; done
        echo "flush unix n - n 1000? 0 flush"
        for name in proxymap error retry discard; do echo "$name unix - - n - - $name"; done
        echo "virtual unix - n n - - virtual"
        echo "showq unix n - n - - showq"
        echo "anvil unix - - n - 1 anvil"
        echo "postlog unix-dgram n - n - 1 postlogd"
    } >"$dir/etc/master.cf"
}

up() {
    [ "$(id -u)" = 0 ] || missing "Postfix runs as root alone. Run: sudo make test-mail"
    has_postfix || missing "no Postfix. Run: scripts/postfix.sh install"
    configure "$1" "$2"
    postfix -c "$1/etc" start 2>&1 | sed 's/^/postfix: /' >&2
}

down() {
    pid=$(cat "$1/queue/pid/master.pid" 2>/dev/null || true)
    postfix -c "$1/etc" stop >/dev/null 2>&1 || true
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        # shellcheck disable=SC2086 # the number is padded with spaces
        if [ -z "$pid" ] || ! kill -0 $pid 2>/dev/null; then return; fi
        sleep 0.25
    done
}

case ${1:-} in
install) install_postfix ;;
up) up "$2" "$3" ;;
down) down "$2" ;;
*) sed -n '2,6p' "$0" | cut -c3- >&2; exit 2 ;;
esac
