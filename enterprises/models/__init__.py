"""The register: enterprises and their designations, the centre, spaces and the committee."""

from .committee import Committee, Meeting, Member, MemberOpening
from .enterprise import Designation, DesignationKind, Enterprise, RegisterOpening
from .place import Center, Space, Tenancy, TenantOpening

__all__ = [
    "Center",
    "Committee",
    "Designation",
    "DesignationKind",
    "Enterprise",
    "Meeting",
    "Member",
    "MemberOpening",
    "RegisterOpening",
    "Space",
    "Tenancy",
    "TenantOpening",
]
