"""The first configuration of Glance, from properties of Windows Installer."""
