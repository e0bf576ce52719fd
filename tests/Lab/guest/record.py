"""Writes a raw rtnetlink reply to a file: record.py FILE link|link-skip-stats NAME, or record.py FILE dump."""

import socket
import struct
import sys

NETLINK_ROUTE = 0
RTM_GETLINK = 18
NLM_F_REQUEST, NLM_F_DUMP = 0x1, 0x300
NLMSG_DONE = 3
IFLA_EXT_MASK = 29
RTEXT_FILTER_VF, RTEXT_FILTER_SKIP_STATS = 1, 8


def main():
    path, what = sys.argv[1:3]
    dump = what == "dump"
    mask = RTEXT_FILTER_VF | (RTEXT_FILTER_SKIP_STATS if what == "link-skip-stats" else 0)
    index = 0 if dump else socket.if_nametoindex(sys.argv[3])
    body = struct.pack("=BxHiII", socket.AF_UNSPEC, 0, index, 0, 0)
    body += struct.pack("=HHI", 8, IFLA_EXT_MASK, mask)
    flags = NLM_F_REQUEST | (NLM_F_DUMP if dump else 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_ROUTE) as kernel:
        kernel.bind((0, 0))
        kernel.send(struct.pack("=IHHII", 16 + len(body), RTM_GETLINK, flags, 1, 0) + body)
        with open(path, "wb") as file:
            while True:
                datagram = kernel.recv(1 << 22)
                file.write(datagram)
                if not dump or ends(datagram):
                    return


def ends(datagram):
    """Whether one of the datagram's messages is the dump's last."""
    offset = 0
    while offset + 16 <= len(datagram):
        length, kind = struct.unpack_from("=IH", datagram, offset)
        if kind == NLMSG_DONE:
            return True
        offset += (length + 3) & ~3
    return False


main()
