from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"

    def ready(self) -> None:
        from django.db.models import Exists

        from accounts import registers
        from accounts.circles import declare_connections
        from live.registers import scopes
        from network import digest
        from network.actions import end_everything_between
        from network.actions.following import end_follows_by_strangers
        from network.agreed import open_agreed_connections
        from network.models import Connection, ConnectionRequest
        from network.notices import declare_kinds
        from network.suggesting.computing import suggest_to_those_due
        from notifications import chores, counters

        declare_connections(lambda member, other: Exists(Connection.objects.filter(member=member, other=other)))
        registers.on_block.append(end_everything_between)
        registers.on_followers_limited.append(end_follows_by_strangers)
        registers.on_claim.append(open_agreed_connections)
        declare_kinds()
        digest.declare_section()
        scopes["requests"] = ConnectionRequest.objects.concerning
        counters.declare("requests", ConnectionRequest.objects.waiting_for)
        chores.declare(suggest_to_those_due)
