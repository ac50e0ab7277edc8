using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Applications.Data.Providers.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class TitleLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "TitleId",
                table: "work_items",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Holder",
                table: "certificates",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "JournalHead",
                table: "certificates",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "JournalLength",
                table: "certificates",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "NamedGround",
                table: "certificates",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Result",
                table: "certificates",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Stage",
                table: "certificates",
                type: "character varying(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "StageDue",
                table: "certificates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StageSince",
                table: "certificates",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "StageTitle",
                table: "certificates",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "State",
                table: "certificates",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Version",
                table: "certificates",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateTable(
                name: "title_reports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CertificateId = table.Column<Guid>(type: "uuid", nullable: false),
                    Token = table.Column<int>(type: "integer", nullable: false),
                    Kind = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    HandedInAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    HandedInBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_title_reports", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_work_items_TitleId",
                table: "work_items",
                column: "TitleId");

            migrationBuilder.CreateIndex(
                name: "IX_certificates_IssuedAt_Id",
                table: "certificates",
                columns: new[] { "IssuedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_title_reports_CertificateId_Token",
                table: "title_reports",
                columns: new[] { "CertificateId", "Token" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "title_reports");

            migrationBuilder.DropIndex(
                name: "IX_work_items_TitleId",
                table: "work_items");

            migrationBuilder.DropIndex(
                name: "IX_certificates_IssuedAt_Id",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "TitleId",
                table: "work_items");

            migrationBuilder.DropColumn(
                name: "Holder",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "JournalHead",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "JournalLength",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "NamedGround",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "Result",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "Stage",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "StageDue",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "StageSince",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "StageTitle",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "State",
                table: "certificates");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "certificates");
        }
    }
}
