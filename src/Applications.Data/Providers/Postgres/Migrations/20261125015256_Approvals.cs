using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Postgres.Migrations
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
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AssigneeName",
                table: "work_items",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StayedAt",
                table: "work_items",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "UrgedAt",
                table: "work_items",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "UrgedCount",
                table: "work_items",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "HoldsQuota",
                table: "applications",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "SuspendedAt",
                table: "applications",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "delegations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    FromUserId = table.Column<Guid>(type: "uuid", nullable: false),
                    FromName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    FromRole = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    FromScopeId = table.Column<Guid>(type: "uuid", nullable: true),
                    FromHolder = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ToUserId = table.Column<Guid>(type: "uuid", nullable: false),
                    ToName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ProgrammeKey = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    StartsAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
