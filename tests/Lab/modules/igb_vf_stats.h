/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the lab only: the one operation that the stock igb lacks, so that IFLA_VF_STATS tells what the VFs really did.
 * host/kernel.sh includes this file into igb_main.c and names the function in the driver's net_device_ops.
 *
 * The 82576 mirrors each VF's statistics registers to the PF, in a block of 0x100 bytes per VF; QEMU implements them and names
 * them E1000_PVFGPRC and so on (hw/net/igb_regs.h). They are 32 bits wide and wrap.
 */
static int igb_ndo_get_vf_stats(struct net_device *netdev, int vf, struct ifla_vf_stats *stats)
{
	struct igb_adapter *adapter = netdev_priv(netdev);
	struct e1000_hw *hw = &adapter->hw;
	u32 block = 0x10000 + 0x100 * vf;

	if (vf >= adapter->vfs_allocated_count)
		return -EINVAL;

	stats->rx_packets = rd32(block + 0x10);
	stats->tx_packets = rd32(block + 0x14);
	stats->rx_bytes = rd32(block + 0x18);
	stats->tx_bytes = rd32(block + 0x34);
	stats->multicast = rd32(block + 0x3c);
	return 0;
}
