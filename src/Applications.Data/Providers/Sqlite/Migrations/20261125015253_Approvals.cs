using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Approvals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AssigneeId",
                table: "work_items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AssigneeName",
                table: "work_items",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StayedAt",
                table: "work_items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "UrgedAt",
                table: "work_items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "UrgedCount",
                table: "work_items",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "HoldsQuota",
                table: "applications",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "SuspendedAt",
                table: "applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "delegations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    FromUserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    FromName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FromRole = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    FromScopeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    FromHolder = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    ToUserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ToName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ProgrammeKey = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    StartsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delegations", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_applications_StageTitle_SubmittedAt_Id",
                table: "applications",
                columns: new[] { "StageTitle", "SubmittedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_delegations_FromUserId_EndsAt",
                table: "delegations",
                columns: new[] { "FromUserId", "EndsAt" });

            migrationBuilder.CreateIndex(
                name: "IX_delegations_ToUserId_EndsAt",
                table: "delegations",
                columns: new[] { "ToUserId", "EndsAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delegations");

            migrationBuilder.DropIndex(
                name: "IX_applications_StageTitle_SubmittedAt_Id",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "AssigneeId",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "AssigneeName",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "StayedAt",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "UrgedAt",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "UrgedCount",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "HoldsQuota",
                table: "applications");

            migrationBuilder.DropColumn(
                name: "SuspendedAt",
                table: "applications");
        }
    }
}
