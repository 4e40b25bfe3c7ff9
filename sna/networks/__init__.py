"""Networks: views rebuilt from the tables."""

from sna.networks.build import Multiplex, build_networks, multiplex_sets
from sna.networks.network import Network
from sna.networks.two_mode import TwoMode, attendance_network

__all__ = ["Multiplex", "Network", "TwoMode", "attendance_network", "build_networks", "multiplex_sets"]
